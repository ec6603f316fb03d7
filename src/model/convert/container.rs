//! Containers: Docker, the Mesos containerizer, images and volumes.

use super::reader::Reader;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::job::BAD_CONTAINER;
use crate::model::thrift::{Container, DockerParameter, Image, Mode, Volume};
use crate::template::value::Value;
use crate::template::{Body, Object};

/// The container of a job; the Mesos containerizer without an image where it has none.
pub(super) fn of_job(job: &Object, reader: &mut Reader) -> Option<Container> {
    let none = Container::Mesos { image: None, volumes: None };
    if job.field("container").is_none() {
        return Some(none);
    }
    let container = unwrapped(reader.field(job, "container")?);
    match container.ty().name() {
        "Docker" => docker(&container, reader),
        "Mesos" => mesos(&container, reader),
        _ => match reader.field(&container, "docker") {
            Some(inner) => docker(&inner, reader),
            None => {
                let span = container.origin().or(job.field_span("container"));
                let d = Diagnostic::error(&BAD_CONTAINER, span, "the container says neither image nor kind");
                reader.push(
                    d.help("write Docker(image='...') or Mesos(image=DockerImage(name='...', tag='...'))"),
                );
                None
            }
        },
    }
}

/// The object that a choice holds.
pub(super) fn unwrapped(object: Object) -> Object {
    match object.body() {
        Body::Choice(Value::Object(inner)) => inner.clone(),
        _ => object,
    }
}

fn docker(container: &Object, reader: &mut Reader) -> Option<Container> {
    let image = reader.text(container, "image");
    let parameters = reader.optional_list(container, "parameters").unwrap_or_default();
    let parameters = parameters
        .iter()
        .map(|p| Some(DockerParameter { name: reader.text(p, "name")?, value: reader.text(p, "value")? }))
        .collect::<Option<Vec<_>>>();
    Some(Container::Docker { image: image?, parameters: Some(parameters?) })
}

fn mesos(container: &Object, reader: &mut Reader) -> Option<Container> {
    let image = match reader.field(container, "image") {
        Some(choice) => Some(image(&unwrapped(choice), reader)?),
        None => None,
    };
    reader.required(container, "volumes")?;
    let volumes = reader.optional_list(container, "volumes").unwrap_or_default();
    let volumes = volumes.iter().map(|v| volume(v, reader)).collect::<Option<Vec<_>>>()?;
    Some(Container::Mesos { image, volumes: Some(volumes) })
}

fn image(image: &Object, reader: &mut Reader) -> Option<Image> {
    let name = reader.text(image, "name")?;
    match image.ty().name() {
        "AppcImage" => Some(Image::Appc { name, image_id: reader.text(image, "image_id")? }),
        _ => Some(Image::Docker { name, tag: reader.text(image, "tag")? }),
    }
}

fn volume(volume: &Object, reader: &mut Reader) -> Option<Volume> {
    let container_path = reader.text(volume, "container_path");
    let host_path = reader.text(volume, "host_path");
    let mode = mode(volume, reader);
    Some(Volume { container_path: container_path?, host_path: host_path?, mode: mode? })
}

/// The mode of a volume.
pub(in crate::model) fn mode(volume: &Object, reader: &mut Reader) -> Option<Mode> {
    match reader.text(volume, "mode")?.as_str() {
        "RO" => Some(Mode::Ro),
        _ => Some(Mode::Rw),
    }
}
