namespace Abm.Privacy.Consent;

/// <summary>Messages of a rolling window.</summary>
/// <param name="Contact">Those to the contact point.</param>
/// <param name="Account">Those to anybody of its account.</param>
public readonly record struct SendCounts(int Contact, int Account);
