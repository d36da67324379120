package dev.andon.detect;

class RisingNumberContractTest extends NumberContract {
    RisingNumberContractTest() {
        super(SeriesKind.NUMBER_HIGHER, 200);
    }
}
