using System.Text;
using Abm.Privacy.Masking.Checks;

namespace Abm.Privacy.Tests.Masking.Checks;

public sealed class LuhnTests
{
    private const int Rounds = 20_000;

    [Theory]
    [InlineData("18")]
    [InlineData("059")]
    [InlineData("79927398713")]
    [InlineData("378282246310005")]
    [InlineData("4111111111111111")]
    [InlineData("6304000000000000000")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("49927398716")]
    public void A_number_with_its_check_digit_is_valid(string digits) => Assert.True(IsValid(digits));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("79927398710")]
    [InlineData("4111111111111112")]
    [InlineData("4111 1111 1111 1111")]
    [InlineData("411111111111111:")]
    [InlineData("411111111111111/")]
    [InlineData("000000000000000000000000000000000")]
    public void Another_text_is_not(string text) => Assert.False(IsValid(text));

    [Fact]
    public void Every_length_has_one_check_digit_for_each_number()
    {
        var state = 7u;
        for (var round = 0; round < Rounds; round++)
        {
            var digits = new byte[Luhn.MinLength + round % (Luhn.MaxLength - Luhn.MinLength + 1)];
            for (var i = 0; i < digits.Length; i++)
            {
                digits[i] = (byte)('0' + Next(ref state) % 10);
            }

            var valid = 0;
            for (var check = '0'; check <= '9'; check++)
            {
                digits[^1] = (byte)check;
                var isValid = Luhn.IsValid(digits);
                Assert.Equal(Luhn.IsValidScalar(digits), isValid);
                valid += isValid ? 1 : 0;
            }

            Assert.Equal(1, valid);
        }
    }

    [Fact]
    public void One_byte_that_is_no_digit_makes_any_text_invalid()
    {
        for (var length = Luhn.MinLength; length <= Luhn.MaxLength; length++)
        {
            for (var position = 0; position < length; position++)
            {
                for (var value = 0; value < 256; value++)
                {
                    var text = new byte[length];
                    Array.Fill(text, (byte)'0');
                    text[position] = (byte)value;
                    Assert.Equal(Luhn.IsValidScalar(text), Luhn.IsValid(text));
                    Assert.Equal(value == '0', Luhn.IsValid(text));
                }
            }
        }
    }

    [Fact]
    public void One_changed_digit_and_two_swapped_neighbors_are_noticed()
    {
        var number = "4111111111111111"u8.ToArray();
        for (var i = 0; i < number.Length; i++)
        {
            for (var digit = (byte)'0'; digit <= '9'; digit++)
            {
                var changed = number.ToArray();
                changed[i] = digit;
                Assert.Equal(digit == number[i], Luhn.IsValid(changed));
            }
        }

        // 09 and 90 are the one pair that the check cannot tell apart
        number = "5500005555555559"u8.ToArray();
        Assert.True(Luhn.IsValid(number));
        for (var i = 1; i < number.Length; i++)
        {
            var swapped = number.ToArray();
            (swapped[i - 1], swapped[i]) = (swapped[i], swapped[i - 1]);
            Assert.Equal(swapped[i] == swapped[i - 1], Luhn.IsValid(swapped));
        }
    }

    private static uint Next(ref uint state)
    {
        state = state * 1_664_525 + 1_013_904_223;
        return state >> 16;
    }

    private static bool IsValid(string text) => Luhn.IsValid(Encoding.UTF8.GetBytes(text));
}
