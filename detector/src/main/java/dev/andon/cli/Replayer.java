package dev.andon.cli;

import dev.andon.decide.Settings;
import dev.andon.domain.Input;
import dev.andon.domain.RejectReason;
import dev.andon.domain.Signal;
import dev.andon.recording.Recording;
import dev.andon.recording.Replay;
import dev.andon.service.ReplayThroughKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A way to replay a recording. Both give the same signals. */
interface Replayer {
    /** @param refused inputs that the detector did not take, by reason, where this way counts them */
    record Result(List<Signal> signals, Map<RejectReason, Long> refused) {}

    Result replay(Recording recording, Settings settings);

    /** Calls the functions that decide, in this process: as fast as the machine can. */
    Replayer IN_PROCESS = (recording, settings) -> {
        Replay.Result result = Replay.run(recording.inputs(), settings);
        return new Result(result.signals(), result.refused());
    };

    /** Sends everything through a broker of its own and the whole topology. */
    Replayer THROUGH_KAFKA = (recording, settings) -> {
        Path folder = Folders.temporary();
        try {
            List<Input> inputs = new ArrayList<>(recording.inputs());
            inputs.addAll(Replay.closing(recording.inputs()));
            return new Result(ReplayThroughKafka.run(inputs, settings, folder), Map.of());
        } finally {
            Folders.delete(folder);
        }
    };
}
