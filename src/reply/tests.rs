use super::*;

fn json(result: &str) -> Result<Reply, NoReply> {
    read(format!("[1,\"startJobUpdate\",2,0,{{\"0\":{{\"rec\":{result}}}}}]").as_bytes())
}

fn why(bytes: &[u8]) -> String {
    read(bytes).expect_err("it is no answer").0
}

#[test]
fn an_answer_without_a_result_is_told() {
    let reply = read(br#"[1,"createJob",2,0,{"0":{"rec":{"1":{"i32":1},"6":{"lst":["rec",0]}}}}]"#).unwrap();
    assert_eq!((reply.call.as_str(), reply.verdict, reply.code), ("createJob", Verdict::Ok, Some(Code::Ok)));
    assert_eq!(reply.summary(), "the job was created");
}

#[test]
fn every_response_code_has_a_verdict() {
    let verdict = |code: i64| json(&format!(r#"{{"1":{{"i32":{code}}}}}"#)).map(|reply| reply.verdict);
    assert_eq!(verdict(1), Ok(Verdict::Ok));
    assert_eq!(verdict(3), Ok(Verdict::Ok));
    assert_eq!(verdict(2), Ok(Verdict::Failed));
    for refused in [0, 4, 5, 6] {
        assert_eq!(verdict(refused), Ok(Verdict::Refused), "{refused}");
    }
    assert!(verdict(7).is_err());
}

#[test]
fn an_update_in_the_way_is_named() {
    let reply = json(
        r#"{"1":{"i32":0},"3":{"rec":{"22":{"rec":{"1":{"rec":{"1":{"rec":{"1":{"str":"www"},"2":{"str":"prod"},"3":{"str":"web"}}},"2":{"str":"u-1"}}}}}}},"6":{"lst":["rec",1,{"1":{"str":"An active update already exists for this job"}}]}}"#,
    )
    .unwrap();
    assert_eq!(
        reply.summary(),
        "the scheduler refused `startJobUpdate`: update u-1 of www/prod/web is in the way"
    );
    assert_eq!(reply.messages, ["An active update already exists for this job"]);
}

/// Instances count once each, by what happened last, whatever the order of the events.
#[test]
fn instances_count_by_their_last_event() {
    let event = |id: i64, time: i64, action: i64| {
        format!(r#"{{"1":{{"i32":{id}}},"2":{{"i64":{time}}},"3":{{"i32":{action}}}}}"#)
    };
    let events =
        [event(0, 2, 1), event(0, 1, 3), event(1, 1, 3), event(2, 1, 3), event(2, 4, 5), event(9, 7, 2)];
    let range = |first: i64, last: i64| format!(r#"{{"1":{{"i32":{first}}},"2":{{"i32":{last}}}}}"#);
    let reply = json(&format!(
        r#"{{"1":{{"i32":1}},"3":{{"rec":{{"24":{{"rec":{{"1":{{"rec":{{
            "1":{{"rec":{{
              "1":{{"rec":{{"5":{{"rec":{{"1":{{"rec":{{"1":{{"str":"a"}},"2":{{"str":"b"}},"3":{{"str":"c"}}}}}},"2":{{"str":"u"}}}}}},"4":{{"rec":{{"1":{{"i32":0}}}}}}}}}},
              "2":{{"rec":{{
                "1":{{"set":["rec",2,{{"2":{{"set":["rec",1,{}]}}}},{{"2":{{"set":["rec",1,{}]}}}}]}},
                "2":{{"rec":{{"2":{{"set":["rec",1,{}]}}}}}}}}}}}}}},
            "2":{{"lst":["rec",2,{{"1":{{"i32":0}},"4":{{"str":"first"}}}},{{"1":{{"i32":0}}}}]}},
            "3":{{"lst":["rec",6,{}]}}}}}}}}}}}}}}}}"#,
        range(0, 3),
        range(8, 9),
        range(0, 4),
        events.join(","),
    ))
    .unwrap();
    let update = reply.update.unwrap();
    let instances = update.instances.unwrap();
    assert_eq!(instances, Instances { total: 7, updated: 1, rolled_back: 1, failed: 1 });
    assert_eq!((update.progress, update.message.as_deref()), (Some(Progress::Running), Some("first")));
}

/// A binary answer, written by Thrift's own library for Rust.
fn binary(code: i32, message: &str) -> Vec<u8> {
    use thrift::protocol::{
        TBinaryOutputProtocol, TFieldIdentifier, TListIdentifier, TMessageIdentifier, TMessageType,
        TOutputProtocol, TStructIdentifier, TType,
    };
    let mut bytes = Vec::new();
    let mut out = TBinaryOutputProtocol::new(&mut bytes, true);
    let structure = TStructIdentifier::new("");
    let field = |kind, number| TFieldIdentifier::new("", kind, number);
    out.write_message_begin(&TMessageIdentifier::new("createJob", TMessageType::Reply, 0)).unwrap();
    out.write_struct_begin(&structure).unwrap();
    out.write_field_begin(&field(TType::Struct, 0)).unwrap();
    out.write_struct_begin(&structure).unwrap();
    out.write_field_begin(&field(TType::I32, 1)).unwrap();
    out.write_i32(code).unwrap();
    out.write_field_begin(&field(TType::Double, 90)).unwrap();
    out.write_double(0.5).unwrap();
    out.write_field_begin(&field(TType::List, 6)).unwrap();
    out.write_list_begin(&TListIdentifier::new(TType::Struct, 1)).unwrap();
    out.write_struct_begin(&structure).unwrap();
    out.write_field_begin(&field(TType::String, 1)).unwrap();
    out.write_string(message).unwrap();
    out.write_field_stop().unwrap();
    out.write_field_stop().unwrap();
    out.write_field_stop().unwrap();
    bytes
}

#[test]
fn binary_answers_tell_the_same() {
    let reply = read(&binary(0, "Instance count must be positive.")).unwrap();
    assert_eq!((reply.verdict, reply.call.as_str()), (Verdict::Refused, "createJob"));
    assert_eq!(reply.messages, ["Instance count must be positive."]);
}

#[test]
fn no_part_of_an_answer_is_one() {
    let whole = binary(1, "fine");
    for end in 0..whole.len() {
        assert!(read(&whole[..end]).is_err(), "{end}");
    }
    let longer = [whole.as_slice(), b"x"].concat();
    assert_eq!(why(&longer), "after the answer, there are 1 more bytes");
    let text = br#"[1,"createJob",2,0,{"0":{"rec":{"1":{"i32":1}}}}]"#;
    assert!(read(text).is_ok());
    for end in 0..text.len() {
        assert!(read(&text[..end]).is_err(), "{end}");
    }
}

#[test]
fn what_is_no_answer_is_named() {
    assert_eq!(why(b""), "there is nothing in it");
    assert!(why(b"<html></html>").contains("HTML"));
    assert!(why(br#"[1,"createJob",1,0,{}]"#).contains("the call `createJob` itself"));
    assert!(why(br#"[1,"createJob",2,0,{}]"#).contains("no response code"));
    assert!(why(br#"{"a":1}"#).contains("TJSONProtocol"));
    assert!(why(br#"[1,"a",2,0,{"0":{"rec":{"6":{"lst":["rec",2,{}]}}}}]"#).contains("TJSONProtocol"));
    assert!(why(b"\x80\x02\x00\x02").contains("strict TBinaryProtocol"));
}

/// Neither depth nor length can exhaust the reader.
#[test]
fn hostile_answers_are_bounded() {
    let deep = format!("[1,\"a\",2,0,{}{}]", r#"{"0":{"rec":"#.repeat(100_000), "}}".repeat(100_000));
    assert!(read(deep.as_bytes()).is_err());
    let deep =
        [b"\x80\x01\x00\x02\x00\x00\x00\x01a\x00\x00\x00\x00".as_slice(), &b"\x0c\x00\x00".repeat(100_000)]
            .concat();
    assert!(read(&deep).is_err());
    let long = b"\x80\x01\x00\x02\x00\x00\x00\x01a\x00\x00\x00\x00\x0f\x00\x00\x0c\x7f\xff\xff\xff";
    assert!(read(long).is_err());
}

#[test]
fn an_exception_of_thrift_is_a_failure() {
    let reply =
        read(br#"[1,"createJob",3,0,{"1":{"str":"Invalid method name: 'x'"},"2":{"i32":1}}]"#).unwrap();
    assert_eq!((reply.verdict, reply.code), (Verdict::Failed, None));
    assert_eq!(reply.messages, ["Invalid method name: 'x'"]);
}

#[test]
fn messages_lead_to_fields() {
    let quota = "Insufficient resource quota: CPU quota exceeded by 3.00 core(s)";
    assert_eq!(field_of(quota), Some("task.resources.cpu"));
    assert_eq!(field_of("Job www/prod/web already exists"), Some("name"));
    assert_eq!(field_of("Job environment x doesn't match: y"), Some("environment"));
    assert_eq!(field_of("Storage is not ready"), None);
}
