namespace Abm.Privacy.Encryption;

/// <summary>What a job's source stores together with a page.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="After">Where the job must stand for the page to count: the cursor of the page before; null for the first.</param>
/// <param name="Page">
/// The page alone, as if each of its changes were stored: <see cref="RewrapReport.Add"/> tells what it comes to. Its cursor
/// is where the job stands then. If it is complete, the end was reached, and the next run starts from the beginning.
/// </param>
/// <param name="Time">When.</param>
public sealed record RewrapCheckpoint(string Job, string? After, RewrapReport Page, DateTimeOffset Time);
