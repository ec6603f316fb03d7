"""The test that a job file has no mistakes."""

load(":arguments.bzl", "SOURCE_ATTRS", "sources")
load(":toolchain.bzl", "TOOLCHAIN_TYPE")

def _aurora_check_test_impl(ctx):
    program = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.symlink(output = program, target_file = ctx.toolchains[TOOLCHAIN_TYPE].jobc, is_executable = True)
    return [DefaultInfo(executable = program, runfiles = ctx.runfiles(transitive_files = sources(ctx)))]

# Test rules take their arguments from an attribute, so a macro makes them.
_aurora_check_test = rule(
    implementation = _aurora_check_test_impl,
    attrs = SOURCE_ATTRS,
    test = True,
    toolchains = [TOOLCHAIN_TYPE],
)

def aurora_check_test(name, src, deps = [], bind = {}, deny = [], scheduler = None, **kwargs):
    """Tests that jobc finds no mistake in a job file.

    Args:
      name: the name of the test.
      src: the job file.
      deps: the libraries that it includes.
      bind: values for references, as `--bind`.
      deny: warnings that fail the test, as `--deny`; `warnings` for all of them.
      scheduler: a settings file; without it, the scheduler's defaults hold.
      **kwargs: what every test takes.
    """
    arguments = ["check", "$(location %s)" % src, "--root", "/"]
    arguments += ["--scheduler", "$(location %s)" % scheduler if scheduler else "default"]
    arguments += ["--bind=%s=%s" % item for item in bind.items()]
    arguments += ["--deny=" + code for code in deny]
    _aurora_check_test(
        name = name,
        src = src,
        deps = deps,
        bind = bind,
        deny = deny,
        data = [src] + ([scheduler] if scheduler else []),
        args = arguments,
        **kwargs
    )
