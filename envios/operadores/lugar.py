"""Where an item goes on the map: coordinates inside Bolivia, and their plus code for who has no map.

Open Location Code (https://github.com/google/open-location-code, specification of 2019): ten digits, a square
of some 14 metres. Only the encoding, in whole numbers: the published library was not released since 2019.
"""

from decimal import ROUND_FLOOR, Decimal

from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _

LATITUDES, LONGITUDES = (-23, -9), (-70, -57)
_LETRAS = "23456789CFGHJMPQRVWX"
_PASOS_POR_GRADO = 8000


def leer_lugar(
    latitud: Decimal | None, longitud: Decimal | None
) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """Both coordinates in degrees (WGS 84) with six decimals, or neither. Raises `DatosInvalidos`."""
    errores = {}
    if (latitud is None) != (longitud is None):
        errores["longitud" if longitud is None else "latitud"] = _("Escriba las dos coordenadas.")
    elif latitud is not None and longitud is not None:
        if not LATITUDES[0] <= latitud <= LATITUDES[1]:
            errores["latitud"] = _("En Bolivia la latitud va de -23 a -9.")
        if not LONGITUDES[0] <= longitud <= LONGITUDES[1]:
            errores["longitud"] = _("En Bolivia la longitud va de -70 a -57.")
    if errores:
        raise DatosInvalidos(_("Corrija los datos marcados."), campos=errores)
    if latitud is None or longitud is None:
        return None, None
    return round(latitud, 6), round(longitud, 6)


def codigo_plus(latitud: Decimal, longitud: Decimal) -> str:
    """The plus code of a point, as ``"57R9FV2X+QX"``: eight digits, a sign, two more."""
    norte = min(max(_pasos(latitud + 90), 0), 180 * _PASOS_POR_GRADO - 1)
    este = _pasos(longitud + 180) % (360 * _PASOS_POR_GRADO)
    letras = ""
    for _par in range(5):
        letras = _LETRAS[norte % 20] + _LETRAS[este % 20] + letras
        norte, este = norte // 20, este // 20
    return f"{letras[:8]}+{letras[8:]}"


def _pasos(grados: Decimal) -> int:
    """Squares of the last pair: a degree has 8.000."""
    return int((grados * _PASOS_POR_GRADO).to_integral_value(ROUND_FLOOR))
