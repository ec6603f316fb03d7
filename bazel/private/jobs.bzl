"""The rule that compiles a job file."""

load(":arguments.bzl", "SOURCE_ATTRS", "read_arguments", "sources")
load(":toolchain.bzl", "TOOLCHAIN_TYPE")

def _compile(ctx, out, emit, deny):
    args = ctx.actions.args()
    args.add("compile")
    args.add(ctx.file.src)
    args.add("--user", ctx.attr.user)
    args.add("-o", out.path)
    args.add_joined("--emit", emit, join_with = ",")
    # Bazel makes the folder anew after a crash.
    args.add("--no-sync")
    args.add_all(read_arguments(ctx))
    args.add_all(deny, before_each = "--deny")
    return args

def _aurora_jobs_impl(ctx):
    jobc = ctx.toolchains[TOOLCHAIN_TYPE].jobc
    out = ctx.actions.declare_directory(ctx.label.name)
    ctx.actions.run(
        executable = jobc,
        arguments = [_compile(ctx, out, ctx.attr.emit, [])],
        inputs = sources(ctx),
        outputs = [out],
        mnemonic = "AuroraJobs",
        progress_message = "Compiling %s" % ctx.label,
    )
    validation = ctx.actions.declare_directory(ctx.label.name + ".checked")
    ctx.actions.run(
        executable = jobc,
        arguments = [_compile(ctx, validation, ["deps"], ctx.attr.validate)],
        inputs = sources(ctx),
        outputs = [validation],
        mnemonic = "AuroraCheck",
        progress_message = "Checking %s" % ctx.label,
    )
    return [
        DefaultInfo(files = depset([out])),
        OutputGroupInfo(_validation = depset([validation])),
    ]

aurora_jobs = rule(
    implementation = _aurora_jobs_impl,
    doc = """Compiles a job file into a folder.

Whatever depends on the folder is built as soon as the file compiles. That none of the warnings in `validate` is given is checked
beside, by a validation action, and fails the build as well.""",
    attrs = dict(
        SOURCE_ATTRS,
        emit = attr.string_list(
            doc = "What the folder holds, as `--emit`.",
            default = ["executors", "jobs"],
        ),
        user = attr.string(
            doc = "The owner of the jobs. Whoever runs the build must not matter.",
            mandatory = True,
        ),
        validate = attr.string_list(
            doc = "Warnings that fail the build, though they leave the outputs as they are.",
        ),
    ),
    toolchains = [TOOLCHAIN_TYPE],
)
