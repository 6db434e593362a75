package fr.raccroche.sms;

import fr.raccroche.platform.Hashes;
import fr.raccroche.platform.PlatformConfig;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of the pages on which youths answer for themselves. The token stands in their text and nowhere else: we
 * keep its hash, so a text that goes out makes a new one; those before stay good until their own date.
 */
@ApplicationScoped
public class PersonalLinks {

    /** Whose page a token opens. */
    public record Owner(long campaignId, long youthId) {}

    /** A page that somebody writes on, and how often that happened within the hour. */
    public record Writing(Owner owner, int posts) {}

    private static final String PATH = "/r/";
    /** As long as every token. */
    private static final String EXAMPLE = "x".repeat(22);

    private final Tokens tokens;
    private final String address;

    PersonalLinks(Tokens tokens, PlatformConfig platform) {
        this.tokens = tokens;
        this.address = platform.at(PATH);
    }

    /** An address as long as every other, which opens nothing. */
    public String example() {
        return address + EXAMPLE;
    }

    /** Makes one more address of this youth and campaign; it opens until {@code now} and {@code validity} more. */
    Uni<String> add(Sql sql, long campaignId, long youthId, Duration validity, Instant now) {
        String token = tokens.next();
        return sql.update("""
                        insert into personal_link (campaign_id, youth_id, token_hash, created_at, expires_at)
                        values (:campaign, :youth, :hash, :now, :expires)""")
                .set("campaign", campaignId)
                .set("youth", youthId)
                .set("hash", Hashes.sha256(token))
                .set("now", now)
                .set("expires", now.plus(validity))
                .run()
                .replaceWith(address + token);
    }

    /** Whose page the token opens at {@code now}; null when it opens none. */
    public Uni<@Nullable Owner> owner(Sql sql, String token, Instant now) {
        return sql.query("""
                        select campaign_id, youth_id from personal_link
                        where token_hash = :hash and revoked_at is null and expires_at > :now""")
                .set("hash", Hashes.sha256(token))
                .set("now", now)
                .first(row -> new Owner(row.id("campaign_id"), row.id("youth_id")));
    }

    /** The same for somebody who writes, who is counted. */
    public Uni<@Nullable Writing> writing(Sql sql, String token, Instant now) {
        return sql.query("""
                        update personal_link
                           set posts = case when posts_since < now() - interval '1 hour' then 1 else posts + 1 end,
                               posts_since = case when posts_since < now() - interval '1 hour' then now()
                                                  else posts_since end
                         where token_hash = :hash and revoked_at is null and expires_at > :now
                        returning campaign_id, youth_id, posts""")
                .set("hash", Hashes.sha256(token))
                .set("now", now)
                .first(row -> new Writing(new Owner(row.id("campaign_id"), row.id("youth_id")), row.integer("posts")));
    }

    /** Whether the youth has a page that opens at {@code now}. */
    public Uni<Boolean> isOpen(Sql sql, long youthId, Instant now) {
        return sql.query("""
                        select exists (select from personal_link
                                        where youth_id = :youth and revoked_at is null and expires_at > :now) as open""").set("youth", youthId).set("now", now).one(row -> row.flag("open"));
    }

    /** Closes all pages of a youth; a later text opens a new one. */
    public Uni<Void> revoke(Sql sql, long youthId, Instant now) {
        return sql.update("""
                        update personal_link set revoked_at = :now where youth_id = :youth and revoked_at is null""").set("now", now).set("youth", youthId).run();
    }
}
