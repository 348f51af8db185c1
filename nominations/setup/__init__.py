"""What the guided path says and checks: steps, name, dates, launch. Only `facts` reads the database."""
