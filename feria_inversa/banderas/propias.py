"""Red flags of our own over one process: when who won came, what was received and paid, shared addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from feria_inversa.banderas.juicio import Bandera, Dato, Juicio, NoSeSabe
from feria_inversa.banderas.registro import (
    Registro,
    cancelado,
    de,
    filas,
    ids,
    instante,
    posturas,
    resueltas,
)

ULTIMA_HORA = timedelta(hours=1)
DIAS_AL_PAGO = 30
_UNO = Fraction(1)


def plazo_corto(publicado: date | None, cierre: date | None, minimo: int | None) -> Juicio:
    """R003 by days of the calendar: no fewer than the working days that they hold, so that none that kept the
    least is flagged."""
    if publicado is None or cierre is None or cierre < publicado:
        return NoSeSabe("plazo")
    if minimo is None:
        return NoSeSabe("plazo_minimo")
    dias = (cierre - publicado).days
    return Bandera(_UNO, {"dias": dias, "minimo": minimo}) if dias < minimo else None


def gano_al_final(registro: Registro, cuanto: timedelta = ULTIMA_HORA, minimo: int = 3) -> Juicio:
    """Of three bids or more, the last one to come won all, and came at the very end. An auction is left out:
    there the last bid is what wins."""
    ganadas = resueltas(registro)
    if cancelado(registro) or not ganadas or de(registro, "tender", "techniques", "hasElectronicAuction"):
        return None
    cierre = instante(de(registro, "tender", "tenderPeriod", "endDate"))
    todas = posturas(registro)
    if cierre is None or any(p.fecha is None or not p.quienes for p in todas):
        return NoSeSabe("llegada")
    ganan = {id_ for award in ganadas for id_ in ids(filas(award, "suppliers"))}
    if len(todas) < minimo or len(ganan) != 1:
        return None
    orden = sorted((p.fecha, p.quienes) for p in todas if p.fecha)
    llego, quien = orden[-1]
    if llego == orden[-2][0] or not ganan & set(quien) or not cierre - cuanto <= llego <= cierre:
        return None
    minutos = int((cierre - llego).total_seconds() // 60)
    datos: dict[str, Dato] = {"ofertas": len(todas), "minutos": minutos, "cierre": cierre.isoformat()}
    return Bandera(_UNO, datos, tuple(sorted(ganan)))


def pago_lento(registro: Registro, dias: int = DIAS_AL_PAGO) -> Juicio:
    """The last payment of a contract came many days, of the calendar, after its last reception."""
    demoras = []
    sin_decir = False
    for contrato in filas(registro, "contracts"):
        recibido = _ultimo(_recepciones(contrato))
        pagado = _ultimo(
            instante(pago.get("date")) for pago in filas(contrato, "implementation", "transactions")
        )
        if recibido is None or pagado is None:
            sin_decir = sin_decir or contrato.get("status") in {"active", "terminated"}
        else:
            dias_pasados = (pagado.astimezone(recibido.tzinfo).date() - recibido.date()).days
            demoras.append((dias_pasados, str(contrato.get("id"))))
    if not demoras:
        return NoSeSabe("pago") if sin_decir else None
    peor, cual = max(demoras)
    if peor <= dias:
        return None
    return Bandera(Fraction(peor), {"dias": peor, "maximo": dias, "contrato": cual})


def recibido_antes(registro: Registro) -> Juicio:
    """Something was received before who delivers it had accepted the contract."""
    sin_decir = False
    for contrato in filas(registro, "contracts"):
        firma = instante(contrato.get("dateSigned"))
        llegadas = [llego for llego in _recepciones(contrato) if llego]
        if firma is None or not llegadas:
            sin_decir = sin_decir or contrato.get("status") in {"active", "terminated"}
        elif min(llegadas).date() < firma.astimezone(min(llegadas).tzinfo).date():
            datos: dict[str, Dato] = {
                "firma": firma.date().isoformat(),
                "recepcion": min(llegadas).date().isoformat(),
                "contrato": str(contrato.get("id")),
            }
            return Bandera(Fraction((firma - min(llegadas)).days), datos)
    return NoSeSabe("recepcion") if sin_decir else None


@dataclass(frozen=True, slots=True)
class Contacto:
    """What the registry shows to everybody of a bidder; empty what it does not say. An address is one with a
    number: «frente a la plaza» is of many."""

    domicilio: str = ""
    telefono: str = ""
    correo: str = ""
    municipio: str = ""


def mismo_contacto(oferentes: Mapping[str, Contacto]) -> Juicio:
    """Different bidders of a process have the same address, telephone or mail in the public registry."""
    if len(oferentes) < 2:
        return None
    vistos: dict[tuple[str, str], list[str]] = {}
    for id_, contacto in oferentes.items():
        for que in ("domicilio", "telefono", "correo"):
            valor = " ".join(str(getattr(contacto, que)).casefold().split())
            if valor and (que != "domicilio" or any(letra.isdigit() for letra in valor)):
                donde = contacto.municipio if que == "domicilio" else ""
                vistos.setdefault((que, f"{valor} {donde}"), []).append(id_)
    if not vistos:
        return NoSeSabe("contacto")
    iguales = [(que, quienes) for (que, _valor), quienes in vistos.items() if len(quienes) > 1]
    if not iguales:
        return None
    quienes = tuple(dict.fromkeys(id_ for _que, juntos in iguales for id_ in juntos))
    que = ", ".join(dict.fromkeys(que for que, _juntos in iguales))
    return Bandera(Fraction(len(quienes)), {"comparten": que, "oferentes": len(quienes)}, quienes)


def _recepciones(contrato: Registro) -> list[datetime | None]:
    return [
        instante(hito.get("dateMet"))
        for hito in filas(contrato, "implementation", "milestones")
        if hito.get("type") == "delivery" and hito.get("status") in {"met", "partiallyMet"}
    ]


def _ultimo(instantes: Iterable[datetime | None]) -> datetime | None:
    return max((uno for uno in instantes if uno is not None), default=None)
