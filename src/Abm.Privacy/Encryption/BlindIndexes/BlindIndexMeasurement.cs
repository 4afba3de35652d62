namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>What an index did with a sample of values.</summary>
/// <param name="Rows">How many values the sample has.</param>
/// <param name="DistinctValues">How many different normal texts.</param>
/// <param name="DistinctIndexValues">How many different index values.</param>
/// <param name="FalsePositivesPerQuery">How many rows of another value one search finds, averaged over one search for each row.</param>
/// <param name="MostFrequentShare">The share of the rows, from 0 to 1, that have the most frequent index value: how much frequency shows.</param>
public sealed record BlindIndexMeasurement(
    int Rows, int DistinctValues, int DistinctIndexValues, double FalsePositivesPerQuery, double MostFrequentShare);
