"""The toolchain: which jobc compiles, and against which scheduler settings."""

TOOLCHAIN_TYPE = "@rules_jobc//:toolchain_type"

def _aurora_toolchain_impl(ctx):
    return [platform_common.ToolchainInfo(
        jobc = ctx.executable.jobc,
        scheduler = ctx.file.scheduler,
    )]

aurora_toolchain = rule(
    implementation = _aurora_toolchain_impl,
    doc = "A jobc binary, and the settings file of the cluster that jobs are checked against.",
    attrs = {
        "jobc": attr.label(
            doc = "The jobc binary.",
            allow_single_file = True,
            cfg = "exec",
            executable = True,
            mandatory = True,
        ),
        "scheduler": attr.label(
            doc = "A settings file, as `--scheduler FILE` takes. Without it, the scheduler's defaults hold.",
            allow_single_file = [".toml"],
        ),
    },
)
