"""Files that job files include."""

AuroraInfo = provider(
    doc = "Files that a job file may include.",
    fields = {"sources": "A depset of files: those of the library, and of all that it depends on."},
)

def _aurora_library_impl(ctx):
    sources = depset(
        ctx.files.srcs,
        transitive = [dep[AuroraInfo].sources for dep in ctx.attr.deps],
    )
    return [AuroraInfo(sources = sources), DefaultInfo(files = depset(ctx.files.srcs))]

aurora_library = rule(
    implementation = _aurora_library_impl,
    doc = "Files that job files, and other libraries, include.",
    attrs = {
        "deps": attr.label_list(
            doc = "The libraries that these files include.",
            providers = [AuroraInfo],
        ),
        "srcs": attr.label_list(
            doc = "The files: `.aurora`, and data that they open.",
            allow_files = True,
            mandatory = True,
        ),
    },
)
