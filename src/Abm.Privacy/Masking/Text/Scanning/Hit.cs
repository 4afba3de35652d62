namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>A finding before the threshold and the allow-list. The default value is none.</summary>
internal readonly record struct Hit(int Start, int End, TextKind Kind, double Score)
{
    public bool IsNone => End == 0;
}
