"""What Bazel's own toolchains load from rules_java, which Bazel would download: in Bazel 4 the rules are built in."""

java_binary = native.java_binary
java_import = native.java_import
java_runtime = native.java_runtime
java_toolchain = native.java_toolchain
java_library = native.java_library
