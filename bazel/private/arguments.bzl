"""What the command lines of all rules have in common."""

load(":library.bzl", "AuroraInfo")
load(":toolchain.bzl", "TOOLCHAIN_TYPE")

# Attributes of every rule that reads a job file.
SOURCE_ATTRS = {
    "bind": attr.string_dict(doc = "Values for references, as `--bind`."),
    "data": attr.label_list(
        doc = "Other files that are read.",
        allow_files = True,
    ),
    "deny": attr.string_list(doc = "Warnings that are errors, as `--deny`; `warnings` for all of them."),
    "deps": attr.label_list(
        doc = "The libraries that the file includes.",
        providers = [AuroraInfo],
    ),
    "src": attr.label(
        doc = "The job file.",
        allow_single_file = [".aurora"],
        mandatory = True,
    ),
}

def sources(ctx):
    """The files that jobc may read."""
    toolchain = ctx.toolchains[TOOLCHAIN_TYPE]
    settings = [toolchain.scheduler] if toolchain.scheduler else []
    return depset([ctx.file.src] + ctx.files.data + settings, transitive = [dep[AuroraInfo].sources for dep in ctx.attr.deps])

def read_arguments(ctx):
    """How the file is to be read. The files of a sandbox are links that lead out of it, so Bazel confines the reads, not jobc."""
    toolchain = ctx.toolchains[TOOLCHAIN_TYPE]
    arguments = ["--root", "/", "--scheduler", toolchain.scheduler.path if toolchain.scheduler else "default"]
    for name, value in ctx.attr.bind.items():
        arguments += ["--bind", "%s=%s" % (name, value)]
    for code in ctx.attr.deny:
        arguments += ["--deny", code]
    return arguments
