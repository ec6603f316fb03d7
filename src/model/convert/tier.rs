//! Tier and production, which the client's commands fill in from the cluster's tiers before they send a job
//! (client/cli/context.py).

use super::reader::Reader;
use crate::diagnostics::Diagnostic;
use crate::lints::job::DEPRECATED_PRODUCTION;
use crate::model::settings::{Clusters, Settings};
use crate::template::value::{Args, Fault, Keyword, Value};
use crate::template::{Body, Bound, Object, Scope, Segment, extend};

/// The fields that are filled in.
const TIER: &str = "tier";
const PRODUCTION: &str = "production";

/// What a job gets from the tiers of its cluster.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Filling {
    tier: Option<String>,
    production: Option<bool>,
}

impl Filling {
    /// What is filled into an interpolated job: a tier if it has none, otherwise what its tier says of `production`.
    /// Nothing where the values that this depends on cannot be read, or the cluster does not know the tier.
    pub(super) fn of(job: &Object, clusters: &Clusters, reader: &mut Reader) -> Filling {
        let Some(cluster) = reader.word(job, "cluster") else { return Filling::default() };
        let settings = clusters.of(&cluster);
        let Some(production) = reader.boolean(job, PRODUCTION) else { return Filling::default() };
        match reader.read(job, TIER) {
            Ok(None) => Filling { tier: tier_for(production, settings), production: None },
            Ok(Some(tier)) => {
                let named = tier.raw().and_then(Value::as_str).and_then(|name| settings.tier(name));
                let decided = named.map(|tier| !tier.preemptible);
                Filling { tier: None, production: decided.filter(|decided| *decided != production) }
            }
            Err(_) => Filling::default(),
        }
    }

    /// The object with what is filled in; its bindings stay.
    ///
    /// # Errors
    /// As for [`extend`].
    pub(super) fn apply(&self, job: &Object) -> Result<Object, Fault> {
        let keyword = |(name, value): (&str, Value)| Keyword {
            name: name.into(),
            name_span: job.origin(),
            value,
            span: job.field_span(PRODUCTION),
        };
        let tier = self.tier.iter().map(|tier| (TIER, Value::str(tier.as_str())));
        let production = self.production.iter().map(|production| (PRODUCTION, Value::Bool(*production)));
        let keyword: Vec<Keyword> = tier.chain(production).map(keyword).collect();
        if keyword.is_empty() {
            return Ok(job.clone());
        }
        extend(job, &Args { keyword, ..Args::none(job.origin()) })
    }

    /// Whether a template of the job could show what is filled in: such a job has to be interpolated again.
    pub(super) fn may_show_in(&self, job: &Object) -> bool {
        self.tier.is_some() && may_read(job, TIER) || self.production.is_some() && may_read(job, PRODUCTION)
    }
}

/// The first tier that suits a job of this kind, or else the default tier.
fn tier_for(production: bool, settings: &Settings) -> Option<String> {
    let suits = settings.tiers.iter().find(|t| t.preemptible != production && !t.revocable);
    suits.map(|tier| tier.name.clone()).or_else(|| settings.default_tier.clone())
}

/// Whether some template inside the object, or bound to it, may hold a reference with this name in it. A string that may
/// become a part of a reference counts as one.
fn may_read(object: &Object, name: &str) -> bool {
    if object.is_closed() {
        return false;
    }
    let inside = match object.body() {
        Body::Simple(value) | Body::Choice(value) => value_may_read(value, name),
        Body::List(items) => items.iter().any(|o| may_read(o, name)),
        Body::Map(entries) => entries.iter().any(|(k, v)| may_read(k, name) || may_read(v, name)),
        Body::Struct(_) => object.set_fields().any(|(_, value)| may_read(value, name)),
    };
    inside || object.scopes().iter().any(|scope| scope_may_read(scope, name))
}

fn value_may_read(value: &Value, name: &str) -> bool {
    match value {
        Value::Object(object) => may_read(object, name),
        Value::Str(text) => match text.template() {
            None => text.as_str().contains("{{"),
            Some(template) => {
                let text = text.as_str();
                let holds = |segment: &Segment| {
                    !matches!(segment, Segment::Literal(_)) && text[segment.range()].contains(name)
                };
                template.loose_braces || template.segments.iter().any(holds)
            }
        },
        Value::List(_) | Value::Tuple(_) | Value::Dict(_) => true,
        _ => false,
    }
}

fn scope_may_read(scope: &Scope, name: &str) -> bool {
    match scope {
        Scope::Environment(environment) => environment.bindings().any(|(_, binding)| match &binding.value {
            Bound::Text(text) => value_may_read(&Value::Str(text.clone()), name),
            Bound::Object(object) => may_read(object, name),
        }),
        Scope::Object(object) | Scope::Fields(object) => may_read(object, name),
        Scope::Super(scopes) => scopes.iter().any(|scope| scope_may_read(scope, name)),
    }
}

/// Warns where a job, as it was written, says `production`.
pub(super) fn check(job: &Object, filled: &Object, reader: &mut Reader) {
    if reader.boolean(job, PRODUCTION) != Some(true) {
        return;
    }
    let span = job.field_span(PRODUCTION).or(job.origin());
    let deprecated = |message: String| Diagnostic::warning(&DEPRECATED_PRODUCTION, span, message);
    if job.field(TIER).is_none() {
        let message = "`production` is deprecated; the tier says it now".to_string();
        return reader.push(deprecated(message).help("write tier='preferred'"));
    }
    if reader.boolean(filled, PRODUCTION) == Some(false) {
        let message = "`production` is ignored: the tier of the job is preemptible".to_string();
        let d = deprecated(message).label(job.field_span(TIER), "the tier");
        reader.push(d.help("leave `production` out, or write tier='preferred'"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Converted, DataTypes, Outside, Shared, convert_job};
    use super::*;
    use crate::model::settings;
    use crate::model::testing::{MB, make};
    use crate::source::FileId;

    fn converted(fields: &[(&str, Value)], clusters: &Clusters) -> Converted {
        let sizes = [("cpu", Value::Int(1)), ("ram", Value::Int(MB)), ("disk", Value::Int(MB))];
        let run = make("Process", 30, &[("name", Value::str("p")), ("cmdline", Value::str("run"))]);
        let task = [("processes", Value::list(vec![run])), ("resources", make("Resources", 40, &sizes))];
        let mut all = vec![
            ("cluster", Value::str("west")),
            ("role", Value::str("shop")),
            ("environment", Value::str("test")),
            ("task", make("Task", 50, &task)),
        ];
        all.extend(fields.iter().cloned());
        let Value::Object(job) = make("Job", 60, &all) else { unreachable!() };
        let data_types = DataTypes::default();
        convert_job(
            &job,
            &Outside {
                user: "me",
                bindings: &[],
                data_types: &data_types,
                clusters,
                strict_updates: true,
                shared: &Shared::default(),
            },
        )
    }

    /// Tier and production of a job with these fields, and what its contact shows.
    fn filled(fields: &[(&str, Value)], clusters: &Clusters) -> (String, bool, String) {
        let task = converted(fields, clusters).job.unwrap().configuration.task_config;
        let data: serde_json::Value = serde_json::from_str(&task.executor_config.unwrap().data).unwrap();
        assert_eq!(data.get("tier").and_then(|tier| tier.as_str()), task.tier.as_deref());
        assert_eq!(data["production"].as_bool(), task.production);
        (task.tier.unwrap_or_default(), task.production.unwrap(), task.contact_email.unwrap_or_default())
    }

    fn tier(name: &str) -> (&'static str, Value) {
        ("tier", Value::str(name))
    }

    const PRODUCTION: (&str, Value) = ("production", Value::Bool(true));

    #[test]
    fn each_of_tier_and_production_follows_from_the_other() {
        let stock = Clusters::default();
        let of = |fields: &[(&str, Value)]| filled(fields, &stock);
        assert_eq!(of(&[]), ("preemptible".into(), false, String::new()));
        assert_eq!(of(&[PRODUCTION]), ("preferred".into(), true, String::new()));
        assert_eq!(of(&[tier("preferred")]), ("preferred".into(), true, String::new()));
        assert_eq!(of(&[PRODUCTION, tier("revocable")]), ("revocable".into(), false, String::new()));
        assert!(of(&[PRODUCTION, tier("of another cluster")]).1);
    }

    #[test]
    fn templates_show_what_is_filled_in() {
        let stock = Clusters::default();
        let shown = |text: &str, more: &[(&str, Value)]| {
            let fields: Vec<_> = more.iter().cloned().chain([("contact", Value::str(text))]).collect();
            converted(&fields, &stock).job.and_then(|job| job.configuration.task_config.contact_email)
        };
        assert_eq!(shown("{{production}}", &[tier("preferred")]).as_deref(), Some("True"));
        assert_eq!(shown("{{production}}", &[]).as_deref(), Some("False"));
        assert_eq!(shown("{{tier}}", &[tier("preferred")]).as_deref(), Some("preferred"));
        assert_eq!(shown("{{tier}}", &[]), None, "the job is converted before its tier is known");
    }

    #[test]
    fn the_tiers_are_those_of_the_cluster() {
        let text = "default_tier = 'low'\n[tiers.low]\npreemptible = true\nrevocable = true\n\
                    [tiers.gold]\npreemptible = false\n";
        let own = Clusters::default().with("west", settings::parse(text, FileId(0)).unwrap());
        assert_eq!(filled(&[], &own).0, "low", "no tier suits, so it is the default");
        assert_eq!(filled(&[PRODUCTION], &own).0, "gold");
        assert!(filled(&[tier("gold")], &own).1);
        let nothing = Clusters::all(settings::parse("[tiers.x]\nrevocable = true", FileId(0)).unwrap());
        assert_eq!(filled(&[], &nothing).0, "", "nobody knows the default tier");
    }

    #[test]
    fn what_is_not_text_holds_nothing_of_the_run_time() {
        let stock = Clusters::default();
        let codes = |field: &str, value: &str| -> Vec<&str> {
            let converted = converted(&[(field, Value::str(value))], &stock);
            converted.diagnostics.iter().map(|d| d.code.id).collect()
        };
        assert_eq!(codes("priority", "{{mesos.instance}}"), ["E0208"]);
        assert_eq!(codes("service", "{{thermos.ports[x]}}"), ["E0208"]);
        assert_eq!(codes("contact", "{{mesos.instance}}"), ["W0309"], "it stays as it is written");
    }
}
