//! Custom executors in the language itself, for those who move an existing executors file into a job file.

use std::io::{self, Write};

use crate::model::executor::{Command, CustomExecutor, Executor, Uri, VolumeMount};
use crate::template::value::{float_repr, quote};

/// Columns of a line; what does not fit is broken up.
const WIDTH: usize = 100;

/// Columns of one step of indentation.
const STEP: usize = 2;

/// MB of a GB.
const GB: i64 = 1024;

/// Writes the assignment of `executors`, which compiles to the same entries again. A string with mustaches would be
/// read as a template; entries that were compiled or imported have none.
///
/// # Errors
/// When the writer fails.
pub fn write_executors(entries: &[CustomExecutor], out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::from("executors = ");
    let mut list = List::default();
    entries.iter().for_each(|entry| list.add(custom_executor(entry)));
    list.form().print(0, text.len(), 0, &mut text);
    text.push('\n');
    out.write_all(text.as_bytes())
}

/// An expression of the language.
enum Form {
    /// Anything that stays on its line.
    Atom(String),
    /// Brackets around parts: a call, a list or a dict.
    Group {
        /// What opens it, such as `Uri(`.
        open: String,
        /// Each part: what comes before its value (`value = `), and the value.
        parts: Vec<(String, Form)>,
        /// What closes it.
        close: char,
    },
}

impl Form {
    /// The whole expression on one line.
    fn flat(&self, out: &mut String) {
        match self {
            Form::Atom(text) => out.push_str(text),
            Form::Group { open, parts, close } => {
                out.push_str(open);
                for (index, (head, value)) in parts.iter().enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    out.push_str(head);
                    value.flat(out);
                }
                out.push(*close);
            }
        }
    }

    /// Prints the expression from `column` on, inside a block indented by `indent`, with `behind` columns to follow it.
    fn print(&self, indent: usize, column: usize, behind: usize, out: &mut String) {
        let mut line = String::new();
        self.flat(&mut line);
        let width = column + line.chars().count() + behind;
        match self {
            Form::Group { open, parts, close } if width > WIDTH && !parts.is_empty() => {
                out.push_str(open);
                for (index, (head, value)) in parts.iter().enumerate() {
                    let inner = indent + STEP;
                    out.push('\n');
                    out.push_str(&" ".repeat(inner));
                    out.push_str(head);
                    let last = index + 1 == parts.len() && *close == ')';
                    let behind = if last { behind + 1 } else { 1 };
                    value.print(inner, inner + head.chars().count(), behind, out);
                    if !last {
                        out.push(',');
                    }
                }
                if *close != ')' {
                    out.push('\n');
                    out.push_str(&" ".repeat(indent));
                }
                out.push(*close);
            }
            _ => out.push_str(&line),
        }
    }
}

/// A call of a type, field by field.
struct Call {
    open: &'static str,
    parts: Vec<(String, Form)>,
}

impl Call {
    fn new(open: &'static str) -> Call {
        Call { open, parts: Vec::new() }
    }

    fn field(mut self, name: &str, value: Form) -> Call {
        self.parts.push((format!("{name} = "), value));
        self
    }

    fn optional(self, name: &str, value: Option<Form>) -> Call {
        match value {
            Some(value) => self.field(name, value),
            None => self,
        }
    }

    fn text(self, name: &str, value: &str) -> Call {
        self.field(name, Form::Atom(quote(value)))
    }

    fn optional_text(self, name: &str, value: Option<&str>) -> Call {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    fn flag(self, name: &str, value: Option<bool>) -> Call {
        match value {
            Some(value) => self.field(name, Form::Atom(if value { "True" } else { "False" }.to_string())),
            None => self,
        }
    }

    fn list(self, name: &str, items: impl Iterator<Item = Form>) -> Call {
        let mut list = List::default();
        items.for_each(|item| list.add(item));
        if list.parts.is_empty() { self } else { self.field(name, list.form()) }
    }

    fn pairs(self, name: &str, pairs: &[(String, String)]) -> Call {
        if pairs.is_empty() {
            return self;
        }
        let part = |(key, value): &(String, String)| (format!("{}: ", quote(key)), Form::Atom(quote(value)));
        let parts = pairs.iter().map(part).collect();
        self.field(name, Form::Group { open: "{".to_string(), parts, close: '}' })
    }

    fn form(self) -> Form {
        Form::Group { open: self.open.to_string(), parts: self.parts, close: ')' }
    }
}

/// A list, item by item.
#[derive(Default)]
struct List {
    parts: Vec<(String, Form)>,
}

impl List {
    fn add(&mut self, item: Form) {
        self.parts.push((String::new(), item));
    }

    fn form(self) -> Form {
        Form::Group { open: "[".to_string(), parts: self.parts, close: ']' }
    }
}

fn custom_executor(entry: &CustomExecutor) -> Form {
    Call::new("CustomExecutor(")
        .text("task_prefix", &entry.task_prefix)
        .field("executor", executor(&entry.executor))
        .list("volume_mounts", entry.volume_mounts.iter().map(volume))
        .form()
}

fn executor(executor: &Executor) -> Form {
    let call = Call::new("Executor(")
        .text("name", &executor.name)
        .optional_text("type", executor.kind.map(|kind| kind.name()))
        .field("command", command(&executor.command))
        .optional("resources", resources(executor))
        .pairs("labels", &executor.labels);
    let call = match executor.shutdown_grace_period_secs {
        Some(seconds) => call.field("shutdown_grace_period_secs", Form::Atom(seconds.to_string())),
        None => call,
    };
    call.optional_text("source", executor.source.as_deref()).form()
}

fn resources(executor: &Executor) -> Option<Form> {
    let ram = executor.mem.map(|mem| match mem {
        _ if mem >= GB && mem % GB == 0 => format!("{}*GB", mem / GB),
        _ => format!("{mem}*MB"),
    });
    let cpu = executor.cpus.map(float_repr);
    let some = cpu.is_some() || ram.is_some();
    let call = Call::new("Resources(").optional("cpu", cpu.map(Form::Atom));
    some.then(|| call.optional("ram", ram.map(Form::Atom)).form())
}

fn command(command: &Command) -> Form {
    Call::new("Command(")
        .text("value", &command.value)
        .flag("shell", command.shell)
        .list("arguments", command.arguments.iter().map(|a| Form::Atom(quote(a))))
        .list("uris", command.uris.iter().map(uri))
        .optional_text("user", command.user.as_deref())
        .pairs("environment", &command.environment)
        .form()
}

fn uri(uri: &Uri) -> Form {
    Call::new("Uri(")
        .text("value", &uri.value)
        .flag("executable", uri.executable)
        .flag("extract", uri.extract)
        .flag("cache", uri.cache)
        .optional_text("output_file", uri.output_file.as_deref())
        .form()
}

fn volume(volume: &VolumeMount) -> Form {
    Call::new("Volume(")
        .text("mode", volume.mode.name())
        .text("container_path", &volume.container_path)
        .optional_text("host_path", volume.host_path.as_deref())
        .form()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::thrift::Mode;

    #[test]
    fn long_parts_are_broken_up_and_short_ones_are_not() {
        let uri = |value: &str| Uri {
            value: value.into(),
            executable: Some(true),
            extract: Some(false),
            cache: None,
            output_file: None,
        };
        let entry = CustomExecutor {
            task_prefix: "my-".into(),
            executor: Executor {
                name: "it's".into(),
                kind: None,
                command: Command {
                    value: "./run".into(),
                    shell: Some(false),
                    arguments: vec!["a".into()],
                    uris: vec![uri("/dist/a.tar"), uri("/dist/b.tar")],
                    user: None,
                    environment: vec![("A".into(), "1".into())],
                },
                cpus: Some(0.25),
                mem: Some(2048),
                labels: Vec::new(),
                shutdown_grace_period_secs: Some(5),
                source: None,
            },
            volume_mounts: vec![VolumeMount {
                mode: Mode::Ro,
                container_path: "/c".into(),
                host_path: Some("/h".into()),
            }],
        };
        let mut out = Vec::new();
        write_executors(&[entry], &mut out).unwrap();
        let expected = r#"executors = [
  CustomExecutor(
    task_prefix = 'my-',
    executor = Executor(
      name = "it's",
      command = Command(
        value = './run',
        shell = False,
        arguments = ['a'],
        uris = [
          Uri(value = '/dist/a.tar', executable = True, extract = False),
          Uri(value = '/dist/b.tar', executable = True, extract = False),
        ],
        environment = {'A': '1'}),
      resources = Resources(cpu = 0.25, ram = 2*GB),
      shutdown_grace_period_secs = 5),
    volume_mounts = [Volume(mode = 'RO', container_path = '/c', host_path = '/h')]),
]
"#;
        assert_eq!(String::from_utf8(out).unwrap(), expected);
        let mut empty = Vec::new();
        write_executors(&[], &mut empty).unwrap();
        assert_eq!(empty, b"executors = []\n");
    }
}
