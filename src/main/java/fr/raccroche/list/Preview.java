package fr.raccroche.list;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Objects;

/**
 * What a load would do. Kept with the load as JSON without the inner groups.
 *
 * @param listed people on the list before
 * @param samples the first of each kind
 * @param remarks what there is to know about the file as a whole
 */
public record Preview(
        @JsonUnwrapped PreviewCount count,
        int listed,
        @JsonUnwrapped FileAge age,
        List<PreviewSample> samples,
        List<FileRemark> remarks) {

    public Preview {
        // one that was kept by an older program has none
        remarks = Objects.requireNonNullElse(remarks, List.of());
    }

    private static final int FEW = 20;

    /** More than a third of a list would leave at once: perhaps the file is not complete. */
    boolean withdrawsMany() {
        return count.withdrawn() > FEW && count.withdrawn() * 3L > listed;
    }

    /** Most rows would be rejected: perhaps the columns are wrong. */
    boolean rejectsMost() {
        return count.rejected() > FEW && count.rejected() * 2L > count.rows();
    }

    /** Among those who leave a complete list may be whom an unreadable row means. */
    boolean withdrawsUnseen() {
        return count.faceless() > 0 && count.withdrawn() > count.withdrawals();
    }

    /** Whether the file left somebody out without anybody having been asked. */
    boolean asks() {
        return remarks.stream().anyMatch(FileRemark::asks);
    }

    /** Whether a person must look before it is done, even when a program sent the file. */
    boolean isAlarming() {
        return withdrawsMany()
                || withdrawsUnseen()
                || rejectsMost()
                || age.isOlder()
                || age.replaced() != null
                || age.yearOld();
    }
}
