"""Red flags that the Open Contracting Partnership defines (Cardinal), of one process, from its record.

Written from their published definitions. What is told apart here and is not there: prices are compared
between bids of the same items only, so that one lot is never measured with another.
"""

from fractions import Fraction

from feria_inversa.banderas.juicio import Bandera, Juicio, NoSeSabe
from feria_inversa.banderas.registro import (
    Postura,
    Registro,
    cancelado,
    comparables,
    de,
    filas,
    ids,
    instante,
    numero,
    posturas,
    resueltas,
    vigentes,
)

COMPETITIVOS = ("open", "selective")
_UNO = Fraction(1)


def r003(registro: Registro, umbral: int | None, metodos: tuple[str, ...] = ()) -> Juicio:
    """The term to bid, in whole days, is shorter than the least, as Cardinal counts it: by hours, so that one
    of four working days may have three. What is flagged here is `propias.plazo_corto`."""
    if cancelado(registro):
        return None
    if metodos and de(registro, "tender", "procurementMethod") not in metodos:
        return None
    desde, hasta = (
        instante(de(registro, "tender", "tenderPeriod", cual)) for cual in ("startDate", "endDate")
    )
    if desde is None or hasta is None:
        return NoSeSabe("plazo")
    if umbral is None:
        return NoSeSabe("plazo_minimo")
    dias = int((hasta - desde).total_seconds() // 86400)
    return Bandera(_UNO, {"dias": dias, "minimo": umbral}) if dias < umbral else None


def r018(registro: Registro, metodos: tuple[str, ...] = COMPETITIVOS) -> Juicio:
    """Only one bid came to a call that is open to many."""
    if cancelado(registro) or de(registro, "tender", "procurementMethod") not in metodos:
        return None
    cuantos = numero(de(registro, "tender", "numberOfTenderers"))
    if cuantos is None:
        return NoSeSabe("ofertas")
    return Bandera(_UNO, {"ofertas": 1}) if cuantos == 1 else None


def r028(registro: Registro) -> Juicio:
    """Different bidders ask for exactly the same price for the same."""
    todas = posturas(registro)
    if cancelado(registro):
        return None
    if not todas:
        return NoSeSabe("ofertas")
    iguales: list[str] = []
    montos: list[Fraction] = []
    for grupo in comparables(todas):
        por_precio: dict[Fraction, set[tuple[str, ...]]] = {}
        for postura in grupo:
            if postura.quienes:
                assert postura.monto is not None
                por_precio.setdefault(postura.monto, set()).add(tuple(sorted(postura.quienes)))
        for monto, quienes in por_precio.items():
            if len(quienes) > 1:
                montos.append(monto)
                iguales += sorted({uno for juntos in quienes for uno in juntos})
    if not montos:
        return None
    distintos = tuple(dict.fromkeys(iguales))
    return Bandera(_UNO, {"precio": montos[0], "iguales": len(distintos)}, distintos)


def r030(registro: Registro) -> Juicio:
    """A bid that came after the term was awarded."""
    if cancelado(registro) or not vigentes(registro):
        return None
    cierre = instante(de(registro, "tender", "tenderPeriod", "endDate"))
    todas = [postura for postura in posturas(registro) if postura.estado == "valid"]
    if cierre is None or not any(postura.fecha for postura in todas):
        return NoSeSabe("llegada")
    ganan = {id_ for award in vigentes(registro) for id_ in ids(filas(award, "suppliers"))}
    tarde = [p for p in todas if p.fecha and p.fecha > cierre and ganan & set(p.quienes)]
    if not tarde:
        return None
    quienes = tuple(sorted({id_ for p in tarde for id_ in p.quienes if id_ in ganan}))
    ultima = max(p.fecha for p in tarde if p.fecha)
    return Bandera(_UNO, {"cierre": cierre.isoformat(), "llegada": ultima.isoformat()}, quienes)


def r035(registro: Registro, minimo: int = 1) -> Juicio:
    """All bids but those of the one who won were disqualified."""
    ganadas = resueltas(registro)
    if cancelado(registro) or not ganadas:
        return None
    todas = posturas(registro)
    if not any(postura.quienes for postura in todas):
        return NoSeSabe("oferentes")
    validos = {id_ for p in todas if p.estado == "valid" for id_ in p.quienes}
    fuera = {id_ for p in todas if p.estado == "disqualified" for id_ in p.quienes} - validos
    ganan = {id_ for award in ganadas for id_ in ids(filas(award, "suppliers"))}
    if len(validos) != 1 or validos != ganan or len(fuera) < minimo:
        return None
    return Bandera(
        Fraction(len(fuera)), {"descalificados": len(fuera), "ofertas": len(todas)}, tuple(validos)
    )


def r036(registro: Registro) -> Juicio:
    """It is awarded by price, and the lowest bid was disqualified."""
    if cancelado(registro) or not vigentes(registro) or not por_precio(registro):
        return None
    todas = posturas(registro)
    if not any(p.monto is not None for p in todas if p.estado == "valid"):
        return NoSeSabe("precios")
    for grupo in comparables(todas):
        menor, fuera, validas = _minimos(grupo)
        if validas is not None and fuera is not None and fuera == menor:
            return Bandera(_UNO, {"descalificada": fuera, "valida": validas})
    return None


def por_precio(registro: Registro) -> bool:
    """Whether the lowest price wins: so it is unless the call says another way."""
    return de(registro, "tender", "awardCriteria") in {None, "priceOnly"}


def _minimos(grupo: list[Postura]) -> tuple[Fraction, Fraction | None, Fraction | None]:
    def menor(*estados: str) -> Fraction | None:
        return min((p.monto for p in grupo if p.monto is not None and p.estado in estados), default=None)

    todos = menor("pending", "valid", "disqualified")
    assert todos is not None
    return todos, menor("disqualified"), menor("valid")
