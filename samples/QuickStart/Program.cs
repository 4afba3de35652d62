Console.WriteLine("Abm.Privacy");
