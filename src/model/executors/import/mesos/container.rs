//! `ContainerInfo` and `Volume`.

use super::FieldKind::{Bool, Enum, Int32, Int64, Message, String};
use super::common::{LABELS, PARAMETER, PARAMETERS, SECRET};
use super::{Descriptor, optional, repeated, required};

/// Values of `type` of `ContainerInfo`
static CONTAINER_INFO_TYPE: &[(&str, i32)] = &[("DOCKER", 1), ("MESOS", 2)];

/// `ContainerInfo`
pub(super) static CONTAINER_INFO: Descriptor = Descriptor {
    what: "the container",
    fields: &[
        required("type", Enum(CONTAINER_INFO_TYPE)),
        repeated("volumes", Message(&VOLUME)),
        optional("hostname", String),
        optional("docker", Message(&CONTAINER_INFO_DOCKER_INFO)),
        optional("mesos", Message(&CONTAINER_INFO_MESOS_INFO)),
        repeated("network_infos", Message(&NETWORK_INFO)),
        optional("linux_info", Message(&LINUX_INFO)),
        optional("rlimit_info", Message(&R_LIMIT_INFO)),
        optional("tty_info", Message(&TTY_INFO)),
    ],
};

/// Values of `mode` of `Volume`
static MODE: &[(&str, i32)] = &[("RW", 1), ("RO", 2)];

/// `Volume`
pub(in crate::model::executors::import) static VOLUME: Descriptor = Descriptor {
    what: "the volume",
    fields: &[
        required("mode", Enum(MODE)),
        required("container_path", String),
        optional("host_path", String),
        optional("image", Message(&IMAGE)),
        optional("source", Message(&VOLUME_SOURCE)),
    ],
};

/// Values of `type` of `Image`
static IMAGE_TYPE: &[(&str, i32)] = &[("APPC", 1), ("DOCKER", 2)];

/// `Image`
pub(super) static IMAGE: Descriptor = Descriptor {
    what: "`Image`",
    fields: &[
        required("type", Enum(IMAGE_TYPE)),
        optional("appc", Message(&IMAGE_APPC)),
        optional("docker", Message(&IMAGE_DOCKER)),
        optional("cached", Bool),
    ],
};

/// `Image.Appc`
pub(super) static IMAGE_APPC: Descriptor = Descriptor {
    what: "`Appc`",
    fields: &[required("name", String), optional("id", String), optional("labels", Message(&LABELS))],
};

/// `Image.Docker`
pub(super) static IMAGE_DOCKER: Descriptor = Descriptor {
    what: "`Docker`",
    fields: &[
        required("name", String),
        optional("credential", Message(&CREDENTIAL)),
        optional("config", Message(&SECRET)),
    ],
};

/// `Credential`
pub(super) static CREDENTIAL: Descriptor =
    Descriptor { what: "`Credential`", fields: &[required("principal", String), optional("secret", String)] };

/// Values of `type` of `Volume.Source`
static VOLUME_SOURCE_TYPE: &[(&str, i32)] =
    &[("UNKNOWN", 0), ("DOCKER_VOLUME", 1), ("HOST_PATH", 4), ("SANDBOX_PATH", 2), ("SECRET", 3)];

/// `Volume.Source`
pub(super) static VOLUME_SOURCE: Descriptor = Descriptor {
    what: "`Source`",
    fields: &[
        optional("type", Enum(VOLUME_SOURCE_TYPE)),
        optional("docker_volume", Message(&VOLUME_SOURCE_DOCKER_VOLUME)),
        optional("host_path", Message(&VOLUME_SOURCE_HOST_PATH)),
        optional("sandbox_path", Message(&VOLUME_SOURCE_SANDBOX_PATH)),
        optional("secret", Message(&SECRET)),
    ],
};

/// `Volume.Source.DockerVolume`
pub(super) static VOLUME_SOURCE_DOCKER_VOLUME: Descriptor = Descriptor {
    what: "`DockerVolume`",
    fields: &[
        optional("driver", String),
        required("name", String),
        optional("driver_options", Message(&PARAMETERS)),
    ],
};

/// `Volume.Source.HostPath`
pub(super) static VOLUME_SOURCE_HOST_PATH: Descriptor = Descriptor {
    what: "`HostPath`",
    fields: &[required("path", String), optional("mount_propagation", Message(&MOUNT_PROPAGATION))],
};

/// Values of `mode` of `MountPropagation`
static PROPAGATION: &[(&str, i32)] = &[("UNKNOWN", 0), ("HOST_TO_CONTAINER", 1), ("BIDIRECTIONAL", 2)];

/// `MountPropagation`
pub(super) static MOUNT_PROPAGATION: Descriptor =
    Descriptor { what: "`MountPropagation`", fields: &[optional("mode", Enum(PROPAGATION))] };

/// Values of `type` of `Volume.Source.SandboxPath`
static VOLUME_SOURCE_SANDBOX_PATH_TYPE: &[(&str, i32)] = &[("UNKNOWN", 0), ("SELF", 1), ("PARENT", 2)];

/// `Volume.Source.SandboxPath`
pub(super) static VOLUME_SOURCE_SANDBOX_PATH: Descriptor = Descriptor {
    what: "`SandboxPath`",
    fields: &[optional("type", Enum(VOLUME_SOURCE_SANDBOX_PATH_TYPE)), required("path", String)],
};

/// Values of `network` of `ContainerInfo.DockerInfo`
static NETWORK: &[(&str, i32)] = &[("HOST", 1), ("BRIDGE", 2), ("NONE", 3), ("USER", 4)];

/// `ContainerInfo.DockerInfo`
pub(super) static CONTAINER_INFO_DOCKER_INFO: Descriptor = Descriptor {
    what: "`DockerInfo`",
    fields: &[
        required("image", String),
        optional("network", Enum(NETWORK)),
        repeated("port_mappings", Message(&CONTAINER_INFO_DOCKER_INFO_PORT_MAPPING)),
        optional("privileged", Bool),
        repeated("parameters", Message(&PARAMETER)),
        optional("force_pull_image", Bool),
        optional("volume_driver", String),
    ],
};

/// `ContainerInfo.DockerInfo.PortMapping`
pub(super) static CONTAINER_INFO_DOCKER_INFO_PORT_MAPPING: Descriptor = Descriptor {
    what: "`PortMapping`",
    fields: &[required("host_port", Int32), required("container_port", Int32), optional("protocol", String)],
};

/// `ContainerInfo.MesosInfo`
pub(super) static CONTAINER_INFO_MESOS_INFO: Descriptor =
    Descriptor { what: "`MesosInfo`", fields: &[optional("image", Message(&IMAGE))] };

/// `NetworkInfo`
pub(super) static NETWORK_INFO: Descriptor = Descriptor {
    what: "`NetworkInfo`",
    fields: &[
        repeated("ip_addresses", Message(&NETWORK_INFO_IP_ADDRESS)),
        optional("name", String),
        repeated("groups", String),
        optional("labels", Message(&LABELS)),
        repeated("port_mappings", Message(&NETWORK_INFO_PORT_MAPPING)),
    ],
};

/// Values of `protocol` of `NetworkInfo.IPAddress`
static PROTOCOL: &[(&str, i32)] = &[("IPv4", 1), ("IPv6", 2)];

/// `NetworkInfo.IPAddress`
pub(super) static NETWORK_INFO_IP_ADDRESS: Descriptor = Descriptor {
    what: "`IPAddress`",
    fields: &[optional("protocol", Enum(PROTOCOL)), optional("ip_address", String)],
};

/// `NetworkInfo.PortMapping`
pub(super) static NETWORK_INFO_PORT_MAPPING: Descriptor = Descriptor {
    what: "`PortMapping`",
    fields: &[required("host_port", Int32), required("container_port", Int32), optional("protocol", String)],
};

/// `LinuxInfo`
pub(super) static LINUX_INFO: Descriptor = Descriptor {
    what: "`LinuxInfo`",
    fields: &[
        optional("capability_info", Message(&CAPABILITY_INFO)),
        optional("bounding_capabilities", Message(&CAPABILITY_INFO)),
        optional("effective_capabilities", Message(&CAPABILITY_INFO)),
        optional("share_pid_namespace", Bool),
    ],
};

/// Values of `capabilities` of `CapabilityInfo`
static CAPABILITY: &[(&str, i32)] = &[
    ("UNKNOWN", 0),
    ("CHOWN", 1000),
    ("DAC_OVERRIDE", 1001),
    ("DAC_READ_SEARCH", 1002),
    ("FOWNER", 1003),
    ("FSETID", 1004),
    ("KILL", 1005),
    ("SETGID", 1006),
    ("SETUID", 1007),
    ("SETPCAP", 1008),
    ("LINUX_IMMUTABLE", 1009),
    ("NET_BIND_SERVICE", 1010),
    ("NET_BROADCAST", 1011),
    ("NET_ADMIN", 1012),
    ("NET_RAW", 1013),
    ("IPC_LOCK", 1014),
    ("IPC_OWNER", 1015),
    ("SYS_MODULE", 1016),
    ("SYS_RAWIO", 1017),
    ("SYS_CHROOT", 1018),
    ("SYS_PTRACE", 1019),
    ("SYS_PACCT", 1020),
    ("SYS_ADMIN", 1021),
    ("SYS_BOOT", 1022),
    ("SYS_NICE", 1023),
    ("SYS_RESOURCE", 1024),
    ("SYS_TIME", 1025),
    ("SYS_TTY_CONFIG", 1026),
    ("MKNOD", 1027),
    ("LEASE", 1028),
    ("AUDIT_WRITE", 1029),
    ("AUDIT_CONTROL", 1030),
    ("SETFCAP", 1031),
    ("MAC_OVERRIDE", 1032),
    ("MAC_ADMIN", 1033),
    ("SYSLOG", 1034),
    ("WAKE_ALARM", 1035),
    ("BLOCK_SUSPEND", 1036),
    ("AUDIT_READ", 1037),
];

/// `CapabilityInfo`
pub(super) static CAPABILITY_INFO: Descriptor =
    Descriptor { what: "`CapabilityInfo`", fields: &[repeated("capabilities", Enum(CAPABILITY))] };

/// `RLimitInfo`
pub(super) static R_LIMIT_INFO: Descriptor =
    Descriptor { what: "`RLimitInfo`", fields: &[repeated("rlimits", Message(&R_LIMIT_INFO_R_LIMIT))] };

/// Values of `type` of `RLimitInfo.RLimit`
static R_LIMIT_INFO_R_LIMIT_TYPE: &[(&str, i32)] = &[
    ("UNKNOWN", 0),
    ("RLMT_AS", 1),
    ("RLMT_CORE", 2),
    ("RLMT_CPU", 3),
    ("RLMT_DATA", 4),
    ("RLMT_FSIZE", 5),
    ("RLMT_LOCKS", 6),
    ("RLMT_MEMLOCK", 7),
    ("RLMT_MSGQUEUE", 8),
    ("RLMT_NICE", 9),
    ("RLMT_NOFILE", 10),
    ("RLMT_NPROC", 11),
    ("RLMT_RSS", 12),
    ("RLMT_RTPRIO", 13),
    ("RLMT_RTTIME", 14),
    ("RLMT_SIGPENDING", 15),
    ("RLMT_STACK", 16),
];

/// `RLimitInfo.RLimit`
pub(super) static R_LIMIT_INFO_R_LIMIT: Descriptor = Descriptor {
    what: "`RLimit`",
    fields: &[
        optional("type", Enum(R_LIMIT_INFO_R_LIMIT_TYPE)),
        optional("hard", Int64),
        optional("soft", Int64),
    ],
};

/// `TTYInfo`
pub(super) static TTY_INFO: Descriptor =
    Descriptor { what: "`TTYInfo`", fields: &[optional("window_size", Message(&TTY_INFO_WINDOW_SIZE))] };

/// `TTYInfo.WindowSize`
pub(super) static TTY_INFO_WINDOW_SIZE: Descriptor =
    Descriptor { what: "`WindowSize`", fields: &[required("rows", Int32), required("columns", Int32)] };
