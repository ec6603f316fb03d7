//! Containers and images.

use crate::emit::sink::{List, Message, Sink, ThriftType, Value};
use crate::model::thrift::{Container, DockerParameter, Image, Mode, Volume};

impl Message for Container {
    fn fields<S: Sink>(&self, to: &mut S) {
        match self {
            Container::Mesos { image, volumes } => {
                let volumes = volumes.as_deref();
                to.field(1, "mesos", &MesosContainer { image: image.as_ref(), volumes });
            }
            Container::Docker { image, parameters } => {
                let parameters = parameters.as_deref();
                to.field(2, "docker", &DockerContainer { image, parameters });
            }
        }
    }
}

struct MesosContainer<'a> {
    image: Option<&'a Image>,
    volumes: Option<&'a [Volume]>,
}

impl Message for MesosContainer<'_> {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.optional(1, "image", self.image);
        to.optional(2, "volumes", self.volumes.map(List).as_ref());
    }
}

struct DockerContainer<'a> {
    image: &'a str,
    parameters: Option<&'a [DockerParameter]>,
}

impl Message for DockerContainer<'_> {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "image", self.image);
        to.optional(2, "parameters", self.parameters.map(List).as_ref());
    }
}

impl Message for DockerParameter {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "name", &self.name);
        to.field(2, "value", &self.value);
    }
}

impl Message for Image {
    fn fields<S: Sink>(&self, to: &mut S) {
        match self {
            Image::Docker { name, tag } => to.field(1, "docker", &DockerImage { name, tag }),
            Image::Appc { name, image_id } => to.field(2, "appc", &AppcImage { name, image_id }),
        }
    }
}

struct DockerImage<'a> {
    name: &'a str,
    tag: &'a str,
}

impl Message for DockerImage<'_> {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "name", self.name);
        to.field(2, "tag", self.tag);
    }
}

struct AppcImage<'a> {
    name: &'a str,
    image_id: &'a str,
}

impl Message for AppcImage<'_> {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "name", self.name);
        to.field(2, "imageId", self.image_id);
    }
}

impl Message for Volume {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "containerPath", &self.container_path);
        to.field(2, "hostPath", &self.host_path);
        to.field(3, "mode", &self.mode);
    }
}

impl Value for Mode {
    const KIND: ThriftType = ThriftType::I32;

    fn put<S: Sink>(&self, to: &mut S) {
        to.enumeration(self.number(), self.name());
    }
}
