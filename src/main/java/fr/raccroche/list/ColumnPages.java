package fr.raccroche.list;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;

/** What a list is made of: for whoever prepares a file, and for whoever writes a program that sends one. */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
@Produces(MediaType.TEXT_HTML)
class ColumnPages {

    private final ListMessages messages;
    private final LoadMessages labels;

    ColumnPages(ListMessages messages, LoadMessages labels) {
        this.messages = messages;
        this.labels = labels;
    }

    /** What belongs into a column. */
    record ColumnView(String header, String required, String content) {}

    /** One field of a row for programs. */
    record FieldView(String name, String label, String content) {}

    @CheckedTemplate(basePath = "ListPages")
    static class Templates {
        static native TemplateInstance columns(List<ColumnView> columns, List<String> rejects, List<String> drops);
    }

    @CheckedTemplate(basePath = "SourcePages")
    static class ApiTemplates {
        static native TemplateInstance api(List<FieldView> fields);
    }

    @GET
    @Path("lists/columns")
    public TemplateInstance columns() {
        var columns = Column.all().stream()
                .map(column -> new ColumnView(column.header(), required(column), messages.column(column)))
                .toList();
        return Templates.columns(columns, issues(true), issues(false));
    }

    private String required(Column column) {
        if (column.identifies()) {
            return "oui";
        }
        return column.phone() ? "un téléphone au moins" : "non";
    }

    private List<String> issues(boolean rejecting) {
        return Arrays.stream(RowIssue.values())
                .filter(issue -> issue.rejects() == rejecting)
                .map(messages::issue)
                .toList();
    }

    /** How a program sends lists: for whoever writes it, who has no account here. */
    @GET
    @Path("lists/api")
    @PermitAll
    public TemplateInstance api() {
        return ApiTemplates.api(Column.all().stream()
                .map(column -> new FieldView(column.header(), labels.label(column), messages.column(column)))
                .toList());
    }
}
