namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>What a scan that stopped for want of text knows, so that another one goes on from there.</summary>
internal record struct ScanState
{
    /// <summary>Where the next match may begin.</summary>
    public int Floor { get; set; }

    /// <summary>What lies before is decided.</summary>
    public int Position { get; set; }

    /// <summary>A match that was longer than detectors see; it goes on at the floor.</summary>
    public Hit Cut { get; set; }

    /// <summary>The same after the text before an offset was dropped.</summary>
    public readonly ScanState After(int dropped) => new()
    {
        Floor = Math.Max(Floor - dropped, 0),
        Position = Math.Max(Position - dropped, 0),
        Cut = Cut,
    };
}
