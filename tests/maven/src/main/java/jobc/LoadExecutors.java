package jobc;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.hubspot.jackson.datatype.protobuf.ProtobufModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.ExecutorInfo;
import org.apache.mesos.v1.Protos.Volume;

/**
 * Loads executors files with the scheduler's own libraries: {@code LoadExecutors ANSWERS.jsonl EXECUTORS.json...}. Each
 * file must load, and each line of ANSWERS must say whether its text does.
 */
public final class LoadExecutors {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  private static final ObjectMapper SCHEDULER = new ObjectMapper()
      .registerModule(new ProtobufModule())
      .setPropertyNamingStrategy(PropertyNamingStrategy.CAMEL_CASE_TO_LOWER_CASE_WITH_UNDERSCORES);

  private LoadExecutors() {
  }

  /** An entry of the file; a bean, as Jackson fills it through its setters. */
  static final class Entry {
    private ExecutorInfo.Builder executor;
    private List<Volume> volumeMounts;
    private String taskPrefix;

    ExecutorInfo.Builder getExecutor() {
      return executor;
    }

    void setExecutor(ExecutorInfo.Builder executor) {
      this.executor = executor;
    }

    List<Volume> getVolumeMounts() {
      return volumeMounts;
    }

    void setVolumeMounts(List<Volume> volumeMounts) {
      this.volumeMounts = volumeMounts;
    }

    String getTaskPrefix() {
      return taskPrefix;
    }

    void setTaskPrefix(String taskPrefix) {
      this.taskPrefix = taskPrefix;
    }
  }

  /** Throws what stops the scheduler. */
  private static void load(String text) throws Exception {
    List<Entry> entries = SCHEDULER.readValue(text, new TypeReference<List<Entry>>() { });
    Set<String> names = new HashSet<>();
    names.add("AuroraExecutor");
    ExecutorID id = ExecutorID.newBuilder().setValue("filled in for each task").build();
    for (Entry entry : entries) {
      if (!names.add(entry.executor.getName())) {
        throw new IllegalArgumentException("two executors are called " + entry.executor.getName());
      }
      entry.executor.setExecutorId(id).build();
      Objects.requireNonNull(entry.taskPrefix, "task_prefix");
    }
  }

  private static String whyNot(String text) {
    try {
      load(text);
      return null;
    } catch (Exception e) {
      return e.toString();
    }
  }

  private static String read(String file) throws Exception {
    return new String(Files.readAllBytes(Paths.get(file)), StandardCharsets.UTF_8);
  }

  public static void main(String[] arguments) throws Exception {
    int wrong = 0;
    int answers = 0;
    for (String line : read(arguments[0]).split("\n")) {
      JsonNode row = PLAIN.readTree(line);
      String why = whyNot(row.get("text").asText());
      answers++;
      if ((why == null) != row.get("loads").asBoolean()) {
        wrong++;
        System.out.println(row.get("name").asText() + ": " + (why == null ? "loads" : why));
      }
    }
    for (int i = 1; i < arguments.length; i++) {
      String why = whyNot(read(arguments[i]));
      if (why != null) {
        wrong++;
        System.out.println(arguments[i] + ": " + why);
      }
    }
    System.out.println(answers + " answers and " + (arguments.length - 1) + " files, " + wrong + " wrong");
    if (wrong > 0 || arguments.length == 1) {
      System.exit(1);
    }
  }
}
