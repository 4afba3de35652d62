using System.Text.Json;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// The stored form of events: one JSON object, members in a fixed order, defaults left out, instants in Unix milliseconds. The address and program
/// of the evidence are never in it. A kind or member that this version does not know is an error, because an event that is skipped could be a withdrawal.
/// </summary>
public static class LedgerEventSerializer
{
    /// <summary>The greatest length of a stored event, in bytes of UTF-8.</summary>
    public const int MaxBytes = 32 * 1024;

    /// <summary>Writes an event.</summary>
    /// <param name="ledgerEvent">The event.</param>
    /// <returns>The JSON text.</returns>
    public static string Write(LedgerEvent ledgerEvent)
    {
        ArgumentNullException.ThrowIfNull(ledgerEvent);
        return JsonSerializer.Serialize(ledgerEvent, LedgerJsonContext.Default.LedgerEvent);
    }

    /// <summary>Reads an event.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The event, valid.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.LedgerEventUnreadable"/>: it is no event, or not one that this version knows.</exception>
    public static LedgerEvent Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MaxBytes)
        {
            throw Unreadable("it is too long", null);
        }

        try
        {
            var read = JsonSerializer.Deserialize(json, LedgerJsonContext.Default.LedgerEvent) ?? throw Unreadable("it is null", null);
            return read.FindFault() is { } fault ? throw Unreadable(fault, null) : read;
        }
        catch (JsonException error)
        {
            throw Unreadable($"the fault is at {error.Path ?? "$"}", error);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw Unreadable("a member has a value that no event has", error);
        }
    }

    private static PrivacyException Unreadable(string fault, Exception? cause) => new(
        PrivacyErrorCode.LedgerEventUnreadable,
        $"A stored event of the consent ledger cannot be read: {fault}. Use a version of this library that knows it; the contact point is not decided meanwhile.",
        cause);
}
