# Words of the posters.
poster-ask = Are you satisfied?
poster-about = Please tell us about
poster-scan = Scan the code with your phone's camera, or open the address above.
poster-promise-1 = No name is asked, no account is needed.
poster-promise-2 = Your response is sealed until the survey closes, then mixed with all others.
poster-promise-3 = Results are published only for ten or more responses; nobody of the unit you rate is given single responses alone.
poster-key-here = The key is on the server: while the survey is open, whoever takes the server can read the answers.
poster-until = Open until { $date }.
poster-sample = A sample poster of a survey that is only a trial.
slip-how = Scan it, or open the address above and type the 16 digits. It works once; keep it to yourself.
slip-promise = If everybody draws a slip, nobody knows who got which code.
slip-sealed = Answers are sealed until the survey closes.
slip-key-here = The key is on the server: whoever takes the server can read the answers.
slip-warning = Whoever sends this list could know who got which code. Print slips and let everybody draw one, if you can.
