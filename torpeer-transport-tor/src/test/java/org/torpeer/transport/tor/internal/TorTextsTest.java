package org.torpeer.transport.tor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.transport.TransportException;

/** What tor says, read; what it is told, written. */
class TorTextsTest {
    private static final String SERVICE = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid";

    @Test
    void readsBootstrapPhases() {
        BootstrapPhase done = BootstrapPhase.parse("NOTICE BOOTSTRAP PROGRESS=100 TAG=done SUMMARY=\"Done\"");
        assertThat(done).isEqualTo(new BootstrapPhase(100, "Done", ""));
        BootstrapPhase stuck = BootstrapPhase.parse("WARN BOOTSTRAP PROGRESS=40 TAG=loading_keys"
                + " SUMMARY=\"Loading authority key certs\" WARNING=\"Clock skew\" REASON=CLOCK_SKEW COUNT=3");
        assertThat(stuck).isEqualTo(new BootstrapPhase(40, "Loading authority key certs", "Clock skew (clock_skew)"));
        assertThat(BootstrapPhase.parse("garbage").percent()).isZero();
        assertThat(BootstrapPhase.parse("PROGRESS=999").percent()).isEqualTo(100);
    }

    @Test
    void countsRoutersThatCanDoAll() {
        String entries = "r authority0 AAAA BBBB 2038-01-01 00:00:00 127.0.0.1 5000 5001\n"
                + "s Authority Fast Guard HSDir Running Stable V2Dir Valid\n"
                + "r authority1 AAAA BBBB 2038-01-01 00:00:00 127.0.0.1 5002 5003\n"
                + "s Authority Fast Running V2Dir Valid\n"
                + "w Bandwidth=0\n"
                + "r authority2 AAAA BBBB 2038-01-01 00:00:00 127.0.0.1 5004 5005\n"
                + "s Guard HSDir Running V2Dir\n";
        assertThat(RouterStatus.usable(entries)).isEqualTo(2);
        assertThat(RouterStatus.usable("")).isZero();
    }

    @Test
    void isPublishedWhenBothDescriptorsAreUploaded() {
        Publication publication = new Publication(SERVICE);
        upload(publication, "dir1", "first");
        upload(publication, "dir2", "first");
        publication.notice("HS_DESC", "UPLOADED " + SERVICE + " UNKNOWN dir1");
        publication.notice("HS_DESC", "UPLOADED " + SERVICE + " UNKNOWN dir2");
        assertThat(publication.isDone()).as("one of two descriptors").isFalse();
        upload(publication, "dir3", "second");
        upload(publication, "dir4", "second");
        publication.notice("HS_DESC", "UPLOADED " + SERVICE + " UNKNOWN dir3");
        publication.notice("HS_DESC", "UPLOADED other UNKNOWN dir4");
        publication.notice("STATUS_CLIENT", "UPLOADED " + SERVICE + " UNKNOWN dir4");
        publication.notice("HS_DESC", "");
        assertThat(publication.isDone()).as("one upload is under way").isFalse();
        publication.notice("HS_DESC", "FAILED " + SERVICE + " UNKNOWN dir4 REASON=UPLOAD_REJECTED");
        assertThat(publication.isDone()).isTrue();
        assertThat(publication).hasToString("3 of 4 uploads done, 1 failed");
    }

    private static void upload(Publication publication, String directory, String descriptor) {
        publication.notice(
                "HS_DESC", "UPLOAD " + SERVICE + " UNKNOWN " + directory + " " + descriptor + " HSDIR_INDEX=00");
    }

    @Test
    void findsTheSocksPort() {
        assertThat(SocksListener.parse("\"unix:/run/tor/socks\" \"127.0.0.1:9050\"")
                        .getPort())
                .isEqualTo(9050);
        assertThatThrownBy(() -> SocksListener.parse("")).isInstanceOf(TransportException.class);
        assertThatThrownBy(() -> SocksListener.parse("\"unix:/run/tor/socks\"")).hasMessageContaining("SocksPort");
    }

    @Test
    void quotesPathsAndRefusesFurtherLines() {
        assertThat(new Torrc().path("DataDirectory", Path.of("/a b#c\"d\\e")).lines())
                .containsExactly("DataDirectory \"/a b#c\\\"d\\\\e\"");
        assertThatThrownBy(() -> new Torrc().path("DataDirectory", Path.of("/a\nSocksPort 1")))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new Torrc().set("Nickname", "a\rb")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void comparesVersions() {
        assertThat(new TorVersion(0, 4, 7, 13)).isLessThan(new TorVersion(0, 4, 8, 0));
        assertThat(new TorVersion(0, 4, 10, 1)).isGreaterThan(new TorVersion(0, 4, 9, 11));
        assertThat(new TorVersion(0, 4, 8, 10)).hasToString("0.4.8.10");
    }
}
