//! Tests of schedules as the scheduler reads them.

use proptest::prelude::*;

use super::*;

fn faults(text: &str) -> Vec<Fault> {
    parse(text).unwrap_err()
}

fn only(text: &str) -> Fault {
    let mut found = faults(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

#[test]
fn the_forms_are_accepted() {
    for text in [
        "* * * * *",
        "0 0 1 1 *",
        "59 23 31 12 *",
        "0-59 0-23 1-31 1-12 0-6",
        "*/5 */2 * * *",
        "0-59/2 1-5/4 * * *",
        "1,2,3-5,*/20 0 * * *",
        "0 0 * JAN-DEC SUN-SAT",
        "0 0 * jan mon,Wed,fRI",
        "0\t0   * * 6",
        "00 007 * * *",
        ",1,,2, 0 * * *",
        "0 0 1-31 * 1",
        "0 0 */1 * 1-5",
        "0 0 15 * 0-6",
        "0 0 15 * */1",
        "*/90 * * * *",
        "0 0 29 2 *",
        "0 0 31 1,2 *",
    ] {
        assert!(parse(text).is_ok(), "{text}: {:?}", parse(text));
    }
}

#[test]
fn each_bound_is_the_schedulers() {
    for (text, part) in [
        ("60 * * * *", "60"),
        ("* 24 * * *", "24"),
        ("* * 0 * *", "0"),
        ("* * 32 * *", "32"),
        ("* * * 0 *", "0"),
        ("* * * 13 *", "13"),
        ("* * * * 7", "7"),
        ("* * * * 1-7", "1-7"),
        ("50-60 * * * *", "50-60"),
        ("5,61,7 * * * *", "61"),
        ("99999999999 * * * *", "99999999999"),
        ("* * * * 5-3", "5-3"),
        ("22-2 * * * *", "22-2"),
        ("* * * * FRI-SUN", "FRI-SUN"),
        ("*/0 * * * *", "*/0"),
        ("0-10/0 * * * *", "0-10/0"),
        ("* 1-5/5 * * *", "1-5/5"),
        ("0-0/1 * * * *", "0-0/1"),
        ("5/10 * * * *", "5/10"),
        ("-5 * * * *", "-5"),
        ("5- * * * *", "5-"),
        ("1-2-3 * * * *", "1-2-3"),
        ("*-5 * * * *", "*-5"),
        ("* * ? * *", "?"),
        ("* * L * *", "L"),
        ("* * * * MONDAY", "MONDAY"),
        ("MON * * * *", "MON"),
        ("1.5 * * * *", "1.5"),
    ] {
        let fault = only(text);
        assert_eq!(fault.kind, FaultKind::Field, "{text}");
        assert_eq!(&text[fault.place.clone()], part, "{text}");
        assert!(fault.message.contains(&format!("`{part}`")), "{text}: {}", fault.message);
    }
    assert_eq!(only(", * * * *").kind, FaultKind::Field);
}

#[test]
fn mends_are_schedules() {
    for (text, mend) in [
        ("* * * * 7", "0"),
        ("* * * * 1-7", "*"),
        ("* * * * 6-7", "0,6"),
        ("* * * * 5-7", "0,5-6"),
        ("* 22-2 * * *", "22-23,0-2"),
        ("* * * * FRI-SUN", "5-6,0"),
        ("5/10 * * * *", "5-59/10"),
        ("* * ? * *", "*"),
        ("* * * * Monday", "MON"),
        ("* * * January *", "JAN"),
        ("@daily", "0 0 * * *"),
        ("@weekly", "0 0 * * 0"),
        (" 0 0 * * * ", "0 0 * * *"),
        ("0 0 0 * * *", "0 0 * * *"),
        ("* 1-5/5 * * *", "1"),
    ] {
        let fault = only(text);
        assert_eq!(fault.mend.as_deref(), Some(mend), "{text}");
        let mended = format!("{}{mend}{}", &text[..fault.place.start], &text[fault.place.end..]);
        assert!(parse(&mended).is_ok(), "{mended}");
    }
}

#[test]
fn five_fields_and_nothing_else() {
    for text in [
        "",
        "*",
        "* * * *",
        "* * * * * *",
        "* * * * *\n",
        " * * * * *",
        "@reboot",
        "every day",
        "0 0\u{a0}* * *",
    ] {
        let fault = only(text);
        assert_eq!(fault.kind, FaultKind::Shape, "{text}");
        assert!(fault.message.contains(text), "{text}");
    }
}

#[test]
fn only_one_kind_of_day_is_restricted() {
    let fault = only("0 0 15 * 4");
    assert_eq!(fault.kind, FaultKind::BothDays);
    assert_eq!(fault.place, 4..10);
    assert!(fault.message.contains("`15`") && fault.message.contains("`4`"));
    assert_eq!(only("0 0 2-31 * 0-5").kind, FaultKind::BothDays);
}

#[test]
fn a_day_that_no_month_has_never_comes() {
    for text in ["0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 30-31 FEB *"] {
        assert_eq!(only(text).kind, FaultKind::NeverRuns, "{text}");
    }
}

#[test]
fn every_wrong_field_is_told() {
    assert_eq!(faults("60 24 * * 7").len(), 3);
}

#[test]
fn steps_over_the_whole_field_are_noted() {
    let wide = parse("*/90 0 * * *").unwrap().wide_steps;
    assert_eq!((wide.len(), wide[0].first, wide[0].place.clone()), (1, 0, 0..4));
    assert!(parse("*/59 0 1-31/30 * *").unwrap().wide_steps.is_empty());
    assert_eq!(parse("0 0 */31 * *").unwrap().wide_steps.len(), 1);
    assert_eq!(parse("50-55/10 0 * * *").unwrap().wide_steps.len(), 1);
}

proptest! {
    #[test]
    fn nothing_panics_and_places_are_in_the_text(text in "[0-9*/,\\- ?LJANjanMONé\t]{0,30}") {
        if let Err(faults) = parse(&text) {
            prop_assert!(!faults.is_empty());
            for fault in faults {
                prop_assert!(text.get(fault.place).is_some());
            }
        }
    }

    #[test]
    fn runs_ascend_and_match(minute in 0u32..60, hour in 0u32..24, month in 1u32..13, start in 1u32..29) {
        let schedule = parse(&format!("{minute} {hour} * {month} *")).unwrap();
        let from = super::super::Moment { year: 2026, month, day: start, hour: 12, minute: 30 };
        let runs: Vec<_> = super::super::next_runs(&schedule, from).take(40).collect();
        prop_assert_eq!(runs.len(), 40);
        prop_assert!(runs[0] > from);
        prop_assert!(runs.windows(2).all(|w| w[0] < w[1]));
        prop_assert!(runs.iter().all(|r| r.minute == minute && r.hour == hour && r.month == month));
    }
}
