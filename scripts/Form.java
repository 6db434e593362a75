import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;
import java.util.regex.*;
import java.util.stream.*;

/**
 * The form of the code in figures, read from the source text alone. A type is a brace behind a header with class, interface,
 * enum or record; a method is a brace directly inside a type behind `name(…)` or a record's bare name, and runs from its
 * first annotation to its closing brace. Lambdas and nested blocks count with the method that holds them; methods without a
 * body do not count.
 */
final class Form {
    static final int FILE = 600, CONSTRUCTOR = 8, RECORD = 15, LAMBDAS = 3, MEDIAN = 80, P90 = 230, DUPLICATE = 12;

    /** One thing with a size: a method's lines, a constructor's parameters, a record's components, lambdas in each other. */
    record Part(Kind kind, String name, int line, int size) {}
    enum Kind { TYPE, RECORD, METHOD, CONSTRUCTOR, LAMBDAS }

    /** A line without comments and indentation. */
    record Line(String place, String text) {}
    record Source(String path, String area, int lines, List<Part> parts, List<Line> code) {}

    public static void main(String[] arguments) throws IOException {
        List<String> given = new ArrayList<>(List.of(arguments));
        boolean check = given.remove("--check");
        Path root = Path.of(given.isEmpty() ? "." : given.getFirst());
        if (given.size() > 1 || !Files.isDirectory(root.resolve("src/main/java"))) {
            System.err.println("scripts/form [--check] [DIRECTORY]");
            System.exit(2);
        }
        List<Source> main = read(root.resolve("src/main/java")), test = read(root.resolve("src/test/java"));
        if (check) {
            List<String> faults = faults(main, test);
            faults.forEach(System.out::println);
            System.out.println(faults.isEmpty() ? "The form is within its limits." : faults.size() + " over the limits.");
            System.exit(faults.isEmpty() ? 0 : 1);
        }
        print("main", main);
        print("test", test);
    }

    static List<Source> read(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            List<Source> sources = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                sources.add(new Reader(tree, file).read());
            }
            return sources;
        }
    }

    /** The limits are those of main code; of a test only the file is limited, for a table of cases may be long. */
    static List<String> faults(List<Source> main, List<Source> test) {
        List<String> faults = new ArrayList<>();
        int[] files = lengths(main);
        if (at(files, 50) > MEDIAN) faults.add("file median " + at(files, 50) + ", at most " + MEDIAN);
        if (at(files, 90) > P90) faults.add("file p90 " + at(files, 90) + ", at most " + P90);
        faults.addAll(files(main, FILE));
        faults.addAll(over(main, Kind.CONSTRUCTOR, CONSTRUCTOR, "parameters"));
        faults.addAll(over(main, Kind.RECORD, RECORD, "components"));
        faults.addAll(over(main, Kind.LAMBDAS, LAMBDAS, "in each other"));
        faults.addAll(files(test, FILE));
        return faults;
    }

    static void print(String title, List<Source> sources) {
        System.out.printf("%n== %s ==%n", title);
        show("files", lengths(sources), IntStream.of(lengths(sources)).sum() + " lines,", 50, 90, 100);
        show("methods", sizes(sources, Kind.METHOD), "lines", 50, 90, 99, 100);
        show("constructors", sizes(sources, Kind.CONSTRUCTOR), "parameters", 100);
        show("records", sizes(sources, Kind.RECORD), "components", 100);
        show("lambdas", sizes(sources, Kind.LAMBDAS), "in each other", 100);
        list("files over " + FILE + " lines", files(sources, FILE));
        list("files over 400 lines", files(sources, 400));
        list("methods over 60 lines", over(sources, Kind.METHOD, 60, "lines"));
        list("constructors over " + CONSTRUCTOR + " parameters", over(sources, Kind.CONSTRUCTOR, CONSTRUCTOR, "parameters"));
        list("records over " + RECORD + " components", over(sources, Kind.RECORD, RECORD, "components"));
        list("lambdas nested over " + LAMBDAS, over(sources, Kind.LAMBDAS, LAMBDAS, "in each other"));
        list("type names that stand twice in a package", twice(sources));
        list("pairs of duplicates of " + DUPLICATE + " lines and more", duplicates(sources));
        System.out.printf("%n%-28s files  lines  median  p90  max%n", "package");
        var areas = sources.stream().collect(Collectors.groupingBy(Source::area, TreeMap::new, Collectors.toList()));
        areas.forEach((area, of) -> {
            int[] its = lengths(of);
            int lines = IntStream.of(its).sum();
            int most = at(its, 100);
            System.out.printf("%-28s %5d %6d  %6d %4d %4d%n", area, its.length, lines, at(its, 50), at(its, 90), most);
        });
    }

    static void show(String title, int[] sizes, String unit, int... percents) {
        System.out.printf("%-12s %5d, %s", title, sizes.length, unit);
        for (int percent : percents) {
            String name = percent == 50 ? "median" : percent == 100 ? "max" : "p" + percent;
            System.out.print(" " + name + " " + at(sizes, percent));
        }
        System.out.println();
    }

    static void list(String title, List<String> lines) {
        System.out.printf("%n%s: %d%n", title, lines.size());
        lines.forEach(line -> System.out.println("  " + line));
    }

    static List<String> files(List<Source> sources, int limit) {
        return sources.stream().filter(s -> s.lines() > limit).sorted(Comparator.comparing(s -> -s.lines()))
                .map(s -> s.path() + ": " + s.lines() + " lines").toList();
    }

    static List<String> over(List<Source> sources, Kind kind, int limit, String unit) {
        return sources.stream().flatMap(s -> s.parts().stream().filter(p -> p.kind() == kind && p.size() > limit)
                .map(p -> s.path() + ":" + p.line() + " " + p.name() + ": " + p.size() + " " + unit)).toList();
    }

    static List<String> twice(List<Source> sources) {
        Map<String, List<String>> places = new TreeMap<>();
        sources.forEach(s -> s.parts().stream().filter(p -> p.kind() == Kind.TYPE).forEach(p -> places
                .computeIfAbsent(s.area() + "." + p.name(), name -> new ArrayList<>())
                .add(s.path().substring(s.path().lastIndexOf('/') + 1) + ":" + p.line())));
        return places.entrySet().stream().filter(e -> e.getValue().size() > 1)
                .map(e -> e.getKey() + " ×" + e.getValue().size() + ": " + String.join(", ", e.getValue())).toList();
    }

    /** Each longest run of equal lines that stands in two places, longest first; imports, comments and blank lines apart. */
    static List<String> duplicates(List<Source> sources) {
        List<Line> lines = sources.stream().flatMap(s -> s.code().stream()).toList();
        List<String> texts = lines.stream().map(Line::text).toList();
        Map<List<String>, List<Integer>> starts = new HashMap<>();
        for (int i = 0; i + DUPLICATE <= texts.size(); i++) {
            starts.computeIfAbsent(texts.subList(i, i + DUPLICATE), window -> new ArrayList<>()).add(i);
        }
        TreeMap<Integer, List<String>> runs = new TreeMap<>(Comparator.reverseOrder());
        for (List<Integer> of : starts.values()) {
            for (int one : of) {
                for (int other : of) {
                    if (one >= other || one > 0 && texts.get(one - 1).equals(texts.get(other - 1))) continue;
                    int length = DUPLICATE;
                    while (one + length < other && texts.get(one + length).equals(texts.get(other + length))) length++;
                    String places = lines.get(one).place() + " = " + lines.get(other).place();
                    runs.computeIfAbsent(length, l -> new ArrayList<>()).add(length + " lines " + places);
                }
            }
        }
        return runs.values().stream().flatMap(of -> of.stream().sorted()).toList();
    }

    static int[] lengths(List<Source> sources) {
        return sources.stream().mapToInt(Source::lines).sorted().toArray();
    }

    static int[] sizes(List<Source> sources, Kind kind) {
        var parts = sources.stream().flatMap(s -> s.parts().stream()).filter(p -> p.kind() == kind);
        return parts.mapToInt(Part::size).sorted().toArray();
    }

    static int at(int[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil((sorted.length - 1) * percent / 100.0 - 0.5)];
    }

    /** Reads one file: a lexer, then one walk over the braces. */
    static final class Reader {
        static final Pattern TYPE = Pattern.compile("\\b(class|interface|enum|record)\\s+(\\w+)");
        static final Pattern ANNOTATION = Pattern.compile(
                "@(?!interface\\b)[\\w.]+\\s*+(?:\\([^()]*+(?:\\([^()]*+\\)[^()]*+)*+\\))?");
        static final Pattern CALL = Pattern.compile("(\\w+)\\s*\\(");
        static final Pattern TOKEN = Pattern.compile("->|::|\\w+|\\S");

        record Brace(String kind, String name, int line, int count, int header, int parens) {}
        final String path, area;
        final StringBuilder kept, bare;
        final List<Part> parts = new ArrayList<>();

        Reader(Path tree, Path file) throws IOException {
            path = tree.relativize(file).toString().replace('\\', '/').replaceFirst("^fr/raccroche/", "");
            area = path.contains("/") ? path.substring(0, path.lastIndexOf('/')).replace('/', '.') : "(root)";
            String text = Files.readString(file);
            kept = new StringBuilder(text);
            bare = new StringBuilder(text);
            for (int at = 0, end; at < text.length(); at = end) {
                end = literal(text, at);
                for (int i = at; end > at + 1 && i < end; i++) {
                    if (text.charAt(i) != '\n') bare.setCharAt(i, ' ');
                    if (text.charAt(i) != '\n' && text.charAt(at) == '/') kept.setCharAt(i, ' ');
                }
            }
        }

        /** Where the comment, text block, string or character that begins here ends; one further where none begins. */
        static int literal(String text, int at) {
            if (text.startsWith("//", at)) return end(text, "\n", at + 2, 0);
            if (text.startsWith("/*", at)) return end(text, "*/", at + 2, 2);
            if (text.startsWith("\"\"\"", at)) return end(text, "\"\"\"", at + 3, 3);
            char c = text.charAt(at);
            return c == '"' || c == '\'' ? end(text, String.valueOf(c), at + 1, 1) : at + 1;
        }

        static int end(String text, String mark, int from, int more) {
            boolean escapes = more % 2 == 1;
            while (from < text.length() && !text.startsWith(mark, from)) {
                from += escapes && text.charAt(from) == '\\' ? 2 : 1;
            }
            return Math.min(from + more, text.length());
        }

        Source read() {
            braces();
            lambdas();
            return new Source(path, area, (int) kept.toString().lines().count(), parts, code());
        }

        void braces() {
            Deque<Brace> open = new ArrayDeque<>();
            int header = 0, parens = 0;
            for (int at = 0; at < bare.length(); at++) {
                char c = bare.charAt(at);
                parens += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (c == ';' && parens == (open.isEmpty() ? 0 : open.peek().parens())) header = at + 1;
                if (c == '{') {
                    open.push(opened(open.peek(), header, at, parens));
                    if (!open.peek().kind().equals("inside")) header = at + 1;
                } else if (c == '}') {
                    Brace brace = open.pop();
                    if (brace.kind().equals("method")) {
                        String name = brace.name(), type = open.element().name();
                        parts.add(new Part(Kind.METHOD, name, brace.line(), line(at) - brace.line() + 1));
                        if (name.equals(type)) parts.add(new Part(Kind.CONSTRUCTOR, name, brace.line(), brace.count()));
                    }
                    header = brace.kind().equals("inside") ? brace.header() : at + 1;
                }
            }
        }

        /** What a brace opens; "inside" is one within parentheses, as in an annotation: the header goes on behind it. */
        Brace opened(Brace around, int header, int at, int parens) {
            if (parens > (around == null ? 0 : around.parens())) return new Brace("inside", "", 0, 0, header, parens);
            String plain = ANNOTATION.matcher(bare.substring(header, at)).replaceAll(" ").strip();
            int start = line(at - bare.substring(header, at).stripLeading().length());
            Matcher type = TYPE.matcher(plain), call = CALL.matcher(plain);
            if (type.find() && !plain.substring(0, type.start()).contains("(")) {
                int components = type.group(1).equals("record") ? count(plain.substring(type.end())) : 0;
                parts.add(new Part(Kind.TYPE, type.group(2), start, 1));
                if (components > 0) parts.add(new Part(Kind.RECORD, type.group(2), start, components));
                return new Brace("type", type.group(2), start, 0, header, parens);
            }
            boolean inType = around != null && around.kind().equals("type");
            if (inType && call.find() && !plain.substring(0, call.start()).contains("=") && !plain.startsWith(",")) {
                return new Brace("method", call.group(1), start, count(plain.substring(call.start())), header, parens);
            }
            boolean compact = inType && plain.replaceFirst("^(public|protected|private)\\s+", "").equals(around.name());
            return compact ? new Brace("method", around.name(), start, 0, header, parens)
                    : new Brace("block", "", start, 0, header, parens);
        }

        /** The parts between the first pair of parentheses: commas outside of every bracket, plus one. */
        static int count(String parts) {
            int from = parts.indexOf('(') + 1, depth = 1, commas = 0, at = from;
            for (; depth > 0 && at < parts.length(); at++) {
                char c = parts.charAt(at);
                depth += "(<[".indexOf(c) >= 0 ? 1 : ")>]".indexOf(c) >= 0 ? -1 : 0;
                if (c == ',' && depth == 1) commas++;
            }
            return from == 0 || parts.substring(from, at - 1).isBlank() ? 0 : commas + 1;
        }

        void lambdas() {
            Deque<Integer> open = new ArrayDeque<>();
            int depth = 0, label = -1, deepest = 0, where = 0;
            for (Matcher token = TOKEN.matcher(bare); token.find(); ) {
                int ended = depth + 1;
                switch (token.group()) {
                    case "(", "[", "{" -> depth++;
                    case ")", "]", "}" -> ended = depth--;
                    case ",", ";" -> ended = depth;
                    case "case", "default" -> label = depth;
                    case "->" -> {
                        if (label != depth) open.push(depth);
                        label = -1;
                        if (open.size() > deepest) where = line(token.start());
                        deepest = Math.max(deepest, open.size());
                    }
                    default -> {}
                }
                while (!open.isEmpty() && open.peek() >= ended) open.pop();
                if (open.isEmpty() && deepest > 0) {
                    parts.add(new Part(Kind.LAMBDAS, "lambdas", where, deepest));
                    deepest = 0;
                }
            }
        }

        /** The lines with code, and one that stands nowhere else, so that no duplicate reaches over the end of a file. */
        List<Line> code() {
            String[] lines = kept.toString().split("\n");
            var code = IntStream.range(0, lines.length)
                    .mapToObj(i -> new Line(path + ":" + (i + 1), lines[i].strip().replaceAll("\\s+", " ")))
                    .filter(line -> !line.text().isEmpty() && !line.text().startsWith("import "));
            return Stream.concat(code, Stream.of(new Line(path, "end of " + path))).toList();
        }

        int line(int at) {
            return 1 + (int) bare.substring(0, at).chars().filter(c -> c == '\n').count();
        }
    }
}
