namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>What a scan that stopped for want of text knows, so that another one goes on from there.</summary>
internal record struct ScanState
{
    /// <summary>Where the next match may begin.</summary>
    public int Floor { get; set; }

    /// <summary>What lies before is decided.</summary>
    public int Position { get; set; }

    /// <summary>A URL whose secrets are found one by one.</summary>
    public Hit Url { get; set; }

    /// <summary>The next of them.</summary>
    public Hit Secret { get; set; }

    /// <summary>A match that was longer than detectors see; it goes on at the floor.</summary>
    public Hit Cut { get; set; }

    /// <summary>The same after the text before an offset was dropped.</summary>
    public readonly ScanState After(int dropped) => new()
    {
        Floor = Math.Max(Floor - dropped, 0),
        Position = Math.Max(Position - dropped, 0),
        Url = Shift(Url, dropped),
        Secret = Shift(Secret, dropped),
        Cut = Cut,
    };

    private static Hit Shift(Hit hit, int by) => hit.IsNone ? hit : hit with { Start = hit.Start - by, End = hit.End - by };
}
