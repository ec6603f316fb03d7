//! Every job file of the folders at once: the keys of all jobs.

use gen_lsp_types::{
    BaseSymbolInformation, SymbolKind, WorkspaceSymbol, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use serde_json::Value;

use super::analysis::{Job, Task, analyse};
use super::host::Host;
use super::refusal::{Later, Refusal};
use super::state::State;

/// Jobs that are given to one request.
const MAX_JOBS: usize = 1000;

/// The jobs whose key has the letters of a query, in their order.
pub(super) fn symbols(state: &State<'_>, params: &WorkspaceSymbolParams) -> Later {
    let task = state.task(std::path::Path::new(""), 0);
    let folders = state.folders.clone();
    let query = params.query.to_lowercase();
    Box::new(move |host| {
        let jobs = jobs(&task, &folders, host);
        let wanted = jobs.into_iter().filter(|job| fits(&query, &job.key.to_lowercase()));
        let symbols: Vec<WorkspaceSymbol> = wanted.take(MAX_JOBS).map(symbol).collect();
        serde_json::to_value(WorkspaceSymbolResponse::from(symbols))
            .map_err(|error| Refusal::of_panic(&error.to_string()))
    })
}

fn jobs(task: &Task, folders: &[std::path::PathBuf], host: &dyn Host) -> Vec<Job> {
    let mut found: Vec<Job> = Vec::new();
    for folder in folders {
        for path in host.look(&task.settings).job_files(folder) {
            let task = Task { path, below: Some(folder.clone()), ..task.clone() };
            found.extend(analyse(&task, host).jobs);
        }
    }
    found
}

fn symbol(job: Job) -> WorkspaceSymbol {
    WorkspaceSymbol {
        location: job.location.into(),
        data: None::<Value>,
        base_symbol_information: BaseSymbolInformation {
            name: job.key,
            kind: SymbolKind::Event,
            tags: None,
            container_name: Some(job.summary),
        },
    }
}

/// Whether a key has the letters of a query, in their order.
fn fits(query: &str, key: &str) -> bool {
    let mut letters = key.chars();
    query.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn letters_are_looked_for_in_their_order() {
        assert!(
            fits("", "a/b/c/d") && fits("wpw", "west/www/prod/web") && fits("prod/web", "west/www/prod/web")
        );
        assert!(!fits("webprod", "west/www/prod/web"));
    }
}
