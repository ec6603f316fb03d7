//! Containers, their parameters and volumes, and fetcher URIs. All but the image is up to the cluster.

use super::check::{JobCheck, quoted};
use crate::diagnostics::codes::admission::{
    CONTAINER_TYPE, CONTAINER_VOLUMES, DOCKER_NEEDS_EXECUTOR, DOCKER_PARAMETERS, FETCHER_URIS,
    NO_DOCKER_IMAGE,
};
use crate::diagnostics::{Diagnostic, quoted_list};
use crate::model::settings::ContainerType;
use crate::model::thrift::{Container, DockerParameter, Volume};

/// A Docker container is given as `Docker(...)` or, as of old, as `Container(docker=Docker(...))`.
const IMAGE: [&str; 3] = ["container.docker.image", "container.image", "container"];
const PARAMETER: [&str; 5] = [
    "container.docker.parameters[0].name",
    "container.parameters[0].name",
    "container.docker.parameters",
    "container.parameters",
    "container",
];

pub(super) fn check(check: &mut JobCheck<'_>) {
    let container = &check.task().container;
    if let Container::Docker { image, .. } = container
        && image.trim().is_empty()
    {
        no_image(check, image);
    }
    if !check.settings.knows_cluster() {
        return;
    }
    container_type(check, container);
    match container {
        Container::Docker { image, parameters } => {
            docker_parameters(check, parameters.as_deref().unwrap_or_default());
            docker_executor(check, image);
        }
        Container::Mesos { volumes, .. } => mesos_volumes(check, volumes.as_deref().unwrap_or_default()),
    }
    fetcher_uris(check);
}

fn no_image(check: &mut JobCheck<'_>, image: &str) {
    let message = format!("the Docker container's image is {}, which names none", quoted(image));
    let place = check.at_first(&IMAGE);
    check.refuse_at(&NO_DOCKER_IMAGE, place, message, |d| d.help("write a name and a tag, such as 'web:1'"));
}

fn container_type(check: &mut JobCheck<'_>, container: &Container) {
    let kind = ContainerType::of(container);
    let allowed = &check.settings.allowed_container_types;
    if allowed.contains(&kind) {
        return;
    }
    let what = match container {
        Container::Docker { image, .. } => {
            format!("a container of type `DOCKER` with the image {}", quoted(image))
        }
        Container::Mesos { .. } => "a container of type `MESOS`".to_string(),
    };
    let message = format!("the job has {what}, which the cluster does not allow");
    let names = quoted_list(allowed.iter().map(|t| t.name()), 2);
    let problem = Diagnostic::error(&CONTAINER_TYPE, check.at("container"), message);
    let problem = match (names.is_empty(), kind) {
        (true, _) => problem,
        (false, ContainerType::Mesos) => {
            problem.help(format!("allowed is {names}; a job without container counts as `MESOS`"))
        }
        (false, ContainerType::Docker) => problem.help(format!("allowed is {names}")),
    };
    check.found.push(check.limited_by(problem, "allowed_container_types"));
}

fn docker_parameters(check: &mut JobCheck<'_>, parameters: &[DockerParameter]) {
    let Some(first) = parameters.first().filter(|_| !check.settings.allow_docker_parameters) else { return };
    let parameter = quoted(&format!("{}={}", first.name, first.value));
    let message = format!("the cluster does not allow Docker parameters, such as {parameter}");
    let problem = Diagnostic::error(&DOCKER_PARAMETERS, check.at_first(&PARAMETER), message)
        .help("leave `parameters` out, or ask for `allow_docker_parameters`");
    check.found.push(check.limited_by(problem, "allow_docker_parameters"));
}

fn docker_executor(check: &mut JobCheck<'_>, image: &str) {
    if !check.settings.require_docker_use_executor || check.task().executor_config.is_some() {
        return;
    }
    let message =
        format!("the Docker container {} has no executor, and the cluster wants one", quoted(image));
    let place = check.at_first(&["executor_config", "container"]);
    let problem = Diagnostic::error(&DOCKER_NEEDS_EXECUTOR, place, message).help(
        "leave executor_config out for AuroraExecutor, or ask for `require_docker_use_executor = false`",
    );
    check.found.push(check.limited_by(problem, "require_docker_use_executor"));
}

fn mesos_volumes(check: &mut JobCheck<'_>, volumes: &[Volume]) {
    let Some(first) = volumes.first().filter(|_| !check.settings.allow_container_volumes) else { return };
    let volume = quoted(&format!("{}:{}", first.host_path, first.container_path));
    let message = format!("the cluster does not allow volumes in a container, such as {volume}");
    let place = check.at_first(&["container.volumes[0]", "container.volumes", "container"]);
    let problem = Diagnostic::error(&CONTAINER_VOLUMES, place, message)
        .help("leave `volumes` out, or ask for `allow_container_volumes`");
    check.found.push(check.limited_by(problem, "allow_container_volumes"));
}

fn fetcher_uris(check: &mut JobCheck<'_>) {
    let uris = check.task().mesos_fetcher_uris.as_deref().unwrap_or_default();
    let Some(first) = uris.first().filter(|_| !check.settings.enable_mesos_fetcher) else { return };
    let message =
        format!("the cluster does not let jobs use the Mesos fetcher, as for {}", quoted(&first.value));
    let place =
        check.at_first(&["mesos_fetcher_uris[0].value", "mesos_fetcher_uris[0]", "mesos_fetcher_uris"]);
    let problem = Diagnostic::error(&FETCHER_URIS, place, message)
        .help("let a process fetch the file, or ask for `enable_mesos_fetcher`");
    check.found.push(check.limited_by(problem, "enable_mesos_fetcher"));
}
