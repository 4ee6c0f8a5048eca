package energy.cryptometer.transport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.californium.core.coap.OptionSet;

/// A path such as `/v1/blocks?from=7&to=9`, taken apart. There is no percent-encoding: our own
/// paths need none.
record ResourcePath(List<String> segments, List<String> query) {
    /// Bytes of one Uri-Path or Uri-Query option (RFC 7252 5.10).
    private static final int MAX_OPTION_BYTES = 255;

    private static final int MAX_OPTIONS = 16;
    private static final Pattern SEGMENT = Pattern.compile("[!$'()*+,\\-.0-9:;=@A-Z_a-z~]+");

    ResourcePath {
        segments = List.copyOf(segments);
        query = List.copyOf(query);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("the path is empty");
        }
        if (segments.size() > MAX_OPTIONS || query.size() > MAX_OPTIONS) {
            throw new IllegalArgumentException(
                    "more than " + MAX_OPTIONS + " segments or query parts");
        }
        for (String part : segments) {
            check(part);
        }
        for (String part : query) {
            check(part);
        }
    }

    /// Reads what [#toString] writes.
    static ResourcePath parse(String text) {
        int mark = text.indexOf('?');
        String path = mark < 0 ? text : text.substring(0, mark);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path \"" + text + "\" does not start with /");
        }
        List<String> query = mark < 0 ? List.of() : split(text.substring(mark + 1), '&');
        return new ResourcePath(split(path.substring(1), '/'), query);
    }

    /// The query parts of a request as a map, or [IllegalArgumentException] with what is wrong.
    static Map<String, String> queryMap(List<String> parts) {
        if (parts.size() > MAX_OPTIONS) {
            throw new IllegalArgumentException("more than " + MAX_OPTIONS + " query parts");
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (String part : parts) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("a query part is not name=value");
            }
            if (map.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("a query name stands twice");
            }
        }
        return map;
    }

    /// Adds one Uri-Path or Uri-Query option for each part.
    void writeTo(OptionSet options) {
        segments.forEach(options::addUriPath);
        query.forEach(options::addUriQuery);
    }

    /// The path alone, with a leading slash.
    String path() {
        return "/" + String.join("/", segments);
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && text.charAt(i) != separator) {
                continue;
            }
            parts.add(text.substring(start, i));
            start = i + 1;
        }
        return parts;
    }

    private static void check(String part) {
        if (part.length() > MAX_OPTION_BYTES || !SEGMENT.matcher(part).matches()) {
            throw new IllegalArgumentException(
                    "\""
                            + part
                            + "\" is no path or query part: 1 to "
                            + MAX_OPTION_BYTES
                            + " plain characters");
        }
    }

    @Override
    public String toString() {
        return query.isEmpty() ? path() : path() + "?" + String.join("&", query);
    }
}
