package fr.raccroche.sms;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.sms.Reply.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What replies by text ask for. The phrases stand in {@code src/test/resources/texts}. */
class ReplyTest {

    /** A text and what is right. */
    record Phrase(String text, Kind kind) {

        Phrase but(UnaryOperator<String> change) {
            return new Phrase(change.apply(text), kind);
        }
    }

    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 11, 25, 10, 31, 0, 0, ZoneId.of("Europe/Paris"));

    private static Reply reply(String text) {
        return Reply.to(text, 0, null, NOW);
    }

    private static Stream<String> lines(String file) {
        try (var in = Objects.requireNonNull(ReplyTest.class.getResourceAsStream("/texts/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Phrase> objecting() {
        return lines("objecting.txt")
                .map(text -> new Phrase(text, Kind.OBJECTION))
                .toList();
    }

    static List<Phrase> others() {
        return lines("others.csv")
                .map(line -> new Phrase(
                        line.substring(0, line.lastIndexOf(';')),
                        Kind.valueOf(line.substring(line.lastIndexOf(';') + 1))))
                .toList();
    }

    private static List<Phrase> all() {
        return Stream.concat(objecting().stream(), others().stream()).toList();
    }

    @Test
    void thereAreEnoughOfBoth() {
        assertThat(objecting()).hasSizeGreaterThan(200);
        assertThat(others()).hasSizeGreaterThan(200).noneMatch(phrase -> phrase.kind() == Kind.OBJECTION);
    }

    @ParameterizedTest
    @MethodSource("objecting")
    void anObjectionInAnyUsualFrenchObjects(Phrase phrase) {
        assertThat(reply(phrase.text()).kind()).isEqualTo(Kind.OBJECTION);
    }

    @ParameterizedTest
    @MethodSource("others")
    void whateverElseIsSaidObjectsNotAndOnlyAClearRequestBooks(Phrase phrase) {
        assertThat(reply(phrase.text()).kind()).isEqualTo(phrase.kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pas avant 17h svp | 2026-11-25T17:00",
                "Ne m'appelez pas avant 17h | 2026-11-25T17:00",
                "Je suis en cours jusqu'à 17h, rappelez après | 2026-11-25T17:00",
                "après 18h30 | 2026-11-25T18:30",
                "pas avant 17:30 | 2026-11-25T17:30",
                "rappelez-moi à 6 heures du soir | 2026-11-25T18:00",
                "à dix-huit heures trente | 2026-11-25T18:30",
                "je finis à 5h | 2026-11-25T17:00",
                "Entre 12h et 14h | 2026-11-25T14:00",
                "pas avant 9h | 2026-11-26T09:00",
                "demain | 2026-11-26T00:00",
                "demain 14h | 2026-11-26T14:00",
                "dem1 soir | 2026-11-26T18:00",
                "après-demain | 2026-11-27T00:00",
                "pas demain | 2026-11-27T00:00",
                "lundi | 2026-11-30T00:00",
                "jusqu'à lundi | 2026-12-01T00:00",
                "plutôt mercredi vers 15h30 | 2026-12-02T15:30",
                "pas vendredi, plutôt lundi | 2026-11-30T00:00",
                "ce soir | 2026-11-25T18:00",
                "pas ce soir | 2026-11-26T00:00",
                "pas aujourd'hui | 2026-11-26T00:00",
                "cet après-midi | 2026-11-25T14:00",
                "dans 1h | 2026-11-25T11:31",
                "dans une heure | 2026-11-25T11:31",
                "dans 1h30 | 2026-11-25T12:01",
                "dans 20 min | 2026-11-25T10:51",
                "d'ici une demi-heure | 2026-11-25T11:01",
                "dans 3 jours | 2026-11-28T00:00",
                "la semaine prochaine | 2026-11-30T00:00",
                "le mois prochain | 2026-12-01T00:00",
                "pas avant le 3 décembre | 2026-12-03T00:00",
                "en stage jusqu'au 12 | 2026-12-13T00:00",
                "le 12/12 à 15h | 2026-12-12T15:00",
            })
    void noPhoneRingsBeforeTheTimeThatATextNames(String text, String time) {
        assertThat(reply(text).notBefore())
                .isEqualTo(LocalDateTime.parse(time).atZone(NOW.getZone()).toInstant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plus tard", "après les cours", "le soir", "avant 17h", "un autre jour"})
    void aTimeThatOnlyAPersonUnderstandsIsReadByOne(String text) {
        assertThat(reply(text)).isEqualTo(new Reply(Kind.TIME, null));
    }

    @Test
    void theHourIsTheWritersOwn() {
        assertThat(Reply.to("pas avant 17h", 0, null, NOW.withZoneSameInstant(ZoneId.of("Indian/Reunion")))
                        .notBefore())
                .isEqualTo(NOW.withHour(14).withMinute(0).toInstant());
    }

    @Test
    void aPictureAndNothingAreWhatTheyAre() {
        assertThat(Reply.to("", 1, null, NOW).kind()).isEqualTo(Kind.PICTURE);
        assertThat(Reply.to(" ", 0, null, NOW).kind()).isEqualTo(Kind.EMPTY);
        assertThat(Reply.to("Ne m'appelez plus", 1, null, NOW).kind()).isEqualTo(Kind.OBJECTION);
        assertThat(Reply.to("rappelez-moi", 1, null, NOW).kind()).isEqualTo(Kind.UNCLEAR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Arrêter les SMS", "NO", "", "rappelez-moi"})
    void whatTheNetworkTookForAStopObjectsWhateverItSays(String body) {
        assertThat(Reply.to(body, 0, "STOP", NOW).kind()).isEqualTo(Kind.OBJECTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELP", "START"})
    void whatTheNetworkAnsweredItselfBooksNothing(String optOut) {
        assertThat(Reply.to("rappelez-moi", 0, optOut, NOW)).isEqualTo(new Reply(Kind.UNCLEAR, null));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void onlyAnObjectionAndAClearRequestWaitForNobody(Kind kind) {
        assertThat(new Reply(kind, null).waits()).isEqualTo(kind != Kind.OBJECTION && kind != Kind.CALL);
    }

    @Property
    void anyTextIsReadable(@ForAll String text) {
        assertThat(reply(text)).isNotNull();
    }

    @Property(tries = 2000)
    void howItIsWrittenChangesNothing(@ForAll("written") Phrase phrase) {
        assertThat(reply(phrase.text()).kind()).as(phrase.text()).isEqualTo(phrase.kind());
    }

    /** Some phrase, decorated, in capitals, without accents, with a letter twice. */
    @Provide
    Arbitrary<Phrase> written() {
        Arbitrary<Phrase> phrases =
                Arbitraries.of(all()).filter(phrase -> phrase.text().length() > 3);
        Arbitrary<UnaryOperator<String>> changes = Arbitraries.oneOf(
                Arbitraries.of("!", "!!!", " 😡", " 🙏🙏", "...", " ;", " :)", "  \n", " 👍")
                        .map(end -> text -> text + (text.endsWith("?") ? "" : end)),
                Arbitraries.of("  ", "🙂 ", "\n", "... ", "* ").map(start -> text -> start + text),
                Arbitraries.<UnaryOperator<String>>of(
                        text -> text.toUpperCase(Locale.FRENCH),
                        text -> text.toLowerCase(Locale.FRENCH),
                        text -> Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", ""),
                        text -> Normalizer.normalize(text, Normalizer.Form.NFD),
                        text -> text.replace('\'', '\u2019'),
                        text -> text.replace(" ", "  ")),
                Arbitraries.integers().between(0, 200).map(at -> text -> doubled(text, at)));
        return phrases.flatMap(phrase -> changes.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(list -> list.stream().reduce(phrase, Phrase::but, (one, other) -> other)));
    }

    /** A letter twice, inside a word. */
    private static String doubled(String text, int at) {
        List<Integer> inside = IntStream.range(1, text.length() - 1)
                .filter(i -> text.substring(i - 1, i + 2).chars().allMatch(Character::isLetter))
                .boxed()
                .toList();
        @Nullable Integer place = inside.isEmpty() ? null : inside.get(at % inside.size());
        return place == null ? text : text.substring(0, place) + text.charAt(place) + text.substring(place);
    }
}
