"""Words that several pages share."""

DEPARTAMENTOS = {
    "01": "Chuquisaca",
    "02": "La Paz",
    "03": "Cochabamba",
    "04": "Oruro",
    "05": "Potosí",
    "06": "Tarija",
    "07": "Santa Cruz",
    "08": "Beni",
    "09": "Pando",
}
