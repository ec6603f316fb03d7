//! Codes of the scheduler's answers (E073x).

use super::codes;

codes! {
    CALL_REFUSED = "E0730" "call-refused" {
        what: "The scheduler did not do what a call asked for.",
        why: "The scheduler answers with HTTP 200 also where it refuses a call, or fails on it. Its own words are in the message; where they are about a field of the job, and the job file is named too, the report shows the field.",
        bad: "echo '[1,\"createJob\",2,0,{\"0\":{\"rec\":{\"1\":{\"i32\":0},\"6\":{\"lst\":[\"rec\",0]}}}}]' | jobc reply -",
        good: "echo '[1,\"createJob\",2,0,{\"0\":{\"rec\":{\"1\":{\"i32\":1},\"6\":{\"lst\":[\"rec\",0]}}}}]' | jobc reply -"
    }
    NO_REPLY = "E0731" "no-reply" {
        what: "What is given as the scheduler's answer is not one.",
        why: "It is empty, cut off, a page of a proxy, or the call itself. So it is not known whether the scheduler took the call: ask it before you send the call again. The exit code is 2.",
        bad: "echo '<html>502 Bad Gateway</html>' | jobc reply -",
        good: "echo '[1,\"createJob\",2,0,{\"0\":{\"rec\":{\"1\":{\"i32\":1}}}}]' | jobc reply -"
    }
}
