//! The language server: `check` and more while a file is being written.
//!
//! One thread takes the messages of the client in their order and answers what needs no evaluation; others compile.
//! Nothing is kept from one compile to the next: a file takes well under a millisecond.
//!
//! | question | file |
//! |---|---|
//! | what the program that runs the server gives it | `host.rs` |
//! | messages in their order, and what is compiled when | `server.rs`, `notify.rs`, `dispatch.rs` |
//! | what is known of documents and of compiled files | `state.rs`, `unit.rs`, `graph.rs` |
//! | what a client can do, and what it is told that we can | `client.rs`, `capabilities.rs` |
//! | compiling a file | `analysis.rs`, `workers.rs`, `overlay.rs` |
//! | what is reported | `findings.rs`, `via.rs`, `words.rs` |
//! | what can be done about it | `actions.rs` |
//! | names, references in strings, structs, and what is at a place | `names.rs`, `mustaches.rs`, `structs.rs`, `symbol.rs`, `context.rs` |
//! | where a name is, and renaming it | `navigate.rs`, `rename.rs`, `links.rs` |
//! | what a file has | `outline.rs`, `folding.rs`, `tokens.rs`, `workspace.rs` |
//! | what can be written, and what is written | `completion.rs`, `strings.rs`, `place.rs`, `signature.rs`, `hover.rs`, `values.rs`, `hints.rs` |
//! | answers that cannot be given | `refusal.rs` |
//! | positions, URIs | `text.rs`, `uri.rs` |
//! | looking at a tree | `walk.rs`, `includes.rs` |

mod actions;
mod analysis;
mod capabilities;
mod client;
mod completion;
mod context;
mod dispatch;
mod findings;
mod folding;
mod graph;
mod hints;
mod host;
mod hover;
mod includes;
mod links;
mod mustaches;
mod names;
mod navigate;
mod notify;
mod outline;
mod overlay;
mod place;
mod refusal;
mod rename;
mod server;
mod signature;
mod state;
mod strings;
mod structs;
mod symbol;
mod text;
mod tokens;
mod unit;
mod uri;
mod values;
mod via;
mod walk;
mod words;
mod workers;
mod workspace;

pub use host::{Disk, Host, Opened, Settings};
pub use lsp_server::Connection;

use gen_lsp_types::{InitializeParams, InitializeResult, ServerInfo};
use lsp_server::ProtocolError;

use crate::eval::with_stack;
use client::Client;
use server::Server;
use state::State;
use workers::Workers;

/// Serves a client until it asks for the end.
///
/// # Errors
/// When the client does not keep to the protocol at the beginning or the end.
pub fn serve(connection: Connection, host: &dyn Host) -> Result<(), ProtocolError> {
    let (id, params) = connection.initialize_start()?;
    // A client that says nothing we understand gets what every client understands.
    let params: InitializeParams = serde_json::from_value(params).unwrap_or_default();
    let mut state = State::new(host);
    state.client = Client::of(&params.capabilities);
    state.folders = client::folders(&params);
    state.settings = params.initialization_options.as_ref().map(client::settings).unwrap_or_default();
    let result = InitializeResult {
        capabilities: capabilities::capabilities(&state.client),
        server_info: Some(ServerInfo {
            name: "jobc".to_string(),
            version: Some(env!("CARGO_PKG_VERSION").to_string()),
        }),
    };
    connection.initialize_finish(id, serde_json::json!(result))?;
    std::thread::scope(|scope| {
        let workers = Workers::start(scope, host);
        with_stack(|| Server::new(state, connection, workers).run())
    })
}
