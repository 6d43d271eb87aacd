# Words of the posters.
poster-ask = Are you satisfied?
poster-about = Please tell us about
poster-scan = Scan the code with your phone's camera, or open the address below it.
poster-promise-1 = No name is asked, no account is needed.
poster-promise-2 = Your sheet is mixed with others before anyone can open it.
poster-promise-3 = The unit you rate never sees a single sheet.
poster-until = Open until { $date }.
poster-sample = A sample poster of a survey that is only a trial.
slip-how = Scan it, or open the address above and type the code. Each code works once.
slip-promise = Nobody knows who got this code. Your answers are mixed with others.
slip-warning = Whoever sends this list could know who got which code. Print slips and let everybody draw one, if you can.
