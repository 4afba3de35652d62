namespace Abm.Privacy.EntityFrameworkCore.Guarding;

/// <summary>
/// A query asks the database for something that it cannot do with encrypted values, such as ordering by them. The message
/// says what to do instead. It is a mistake of the program and is thrown before the query runs.
/// </summary>
/// <param name="message">What is wrong and how to mend it.</param>
public sealed class ProtectedQueryException(string message) : InvalidOperationException(message);
