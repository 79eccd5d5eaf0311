"""The journal of acts as pages: search over it for officers who may, one entry with its values, XLSX."""
