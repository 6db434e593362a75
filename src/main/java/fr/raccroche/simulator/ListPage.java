package fr.raccroche.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list, in the frame Twilio puts around it. */
final class ListPage {

    private static final int NORMAL_SIZE = 50;
    private static final int LARGEST_SIZE = 1_000;

    private ListPage() {}

    static <T> HttpReply of(
            Request request, String key, List<T> items, Function<T, Map<String, @Nullable Object>> render) {
        int size = Math.clamp(number(request, "PageSize", NORMAL_SIZE), 1, LARGEST_SIZE);
        int page = number(request, "Page", 0);
        int start = Math.min(items.size(), page * size);
        int end = Math.min(items.size(), start + size);
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put(key, items.subList(start, end).stream().map(render).toList());
        body.put("page", page);
        body.put("page_size", size);
        body.put("start", start);
        body.put("end", Math.max(start, end - 1));
        body.put("uri", uri(request, page, size));
        body.put("first_page_uri", uri(request, 0, size));
        body.put("next_page_uri", end < items.size() ? uri(request, page + 1, size) : null);
        body.put("previous_page_uri", page > 0 ? uri(request, page - 1, size) : null);
        return HttpReply.json(200, body);
    }

    private static String uri(Request request, int page, int size) {
        var query = new LinkedHashMap<String, String>();
        request.query().fields().forEach((name, values) -> query.put(name, values.getFirst()));
        query.put("PageSize", String.valueOf(size));
        query.put("Page", String.valueOf(page));
        return request.uri() + "?" + Form.encode(query);
    }

    private static int number(Request request, String name, int normal) {
        return request.query()
                .get(name)
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(normal);
    }
}
