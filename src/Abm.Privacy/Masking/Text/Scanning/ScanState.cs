namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>What a scan that stopped for want of text knows, so that another one goes on from there.</summary>
internal record struct ScanState
{
    /// <summary>Where the next match may begin.</summary>
    public int Floor { get; set; }

    /// <summary>What lies before is decided.</summary>
    public int Position { get; set; }

    /// <summary>Up to where an address was looked for around colons: what was decided there stands.</summary>
    public int Colons { get; set; }

    /// <summary>Up to where a row of characters goes on in which no JSON Web Token begins.</summary>
    public int Tokens { get; set; }

    /// <summary>Up to where a row of characters goes on that is no key.</summary>
    public int Keys { get; set; }

    /// <summary>Up to where an allowed URL goes on: it is looked into, but no URL begins in it.</summary>
    public int AllowedUrl { get; set; }

    /// <summary>A match that was longer than detectors see; it goes on at the floor.</summary>
    public Hit Cut { get; set; }

    /// <summary>The same after the text before an offset was dropped.</summary>
    public readonly ScanState After(int dropped) => new()
    {
        Floor = Math.Max(Floor - dropped, 0),
        Position = Math.Max(Position - dropped, 0),
        Colons = Math.Max(Colons - dropped, 0),
        Tokens = Math.Max(Tokens - dropped, 0),
        Keys = Math.Max(Keys - dropped, 0),
        AllowedUrl = Math.Max(AllowedUrl - dropped, 0),
        Cut = Cut,
    };
}
