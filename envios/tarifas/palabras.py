"""What people read of rates: what is missing, why not, each line of a price, the count of a date."""

from collections.abc import Iterator
from typing import NamedTuple

from moneyed import Money

from envios.tarifas.calcular import pasos_de
from envios.tarifas.valores import Bulto, Cargos, Condiciones, Negativa, Promesa, Razon, Tramo
from nucleo.dinero import cero, formato_bs
from nucleo.plazos import Clase, Dia
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.textos import perezoso as _l

ENTREGAS = {"puerta": _l("a domicilio"), "agencia": _l("en agencia")}
_FALTAS = {
    "sin_servicios": _l("Suba los servicios."),
    "sin_rutas": _l("El servicio «%(servicio)s» no tiene rutas."),
    "servicio_que_no_esta": _l("La tabla de %(que)s nombra el servicio «%(servicio)s», que no está."),
    "zona_sin_lugares": _l("Ningún lugar es de la zona «%(que)s», que las rutas nombran."),
    "tarifa_sin_precios": _l("La tarifa «%(que)s» del servicio «%(servicio)s» no tiene precios."),
    "precios_no_alcanzan": _l(
        "Los precios de «%(que)s» en «%(servicio)s» no llegan al peso máximo del servicio."
    ),
    "precio_que_baja": _l(
        "En «%(que)s» de «%(servicio)s», un peso mayor cuesta menos que otro menor: corrija los precios."
    ),
}
_RAZONES = {
    Razon.SIN_ORIGEN: _l("No recibe envíos en el lugar de origen."),
    Razon.SIN_DESTINO: _l("No llega al lugar de destino."),
    Razon.SIN_RUTA: _l("No tiene servicio entre esos dos lugares."),
    Razon.SIN_SERVICIO: _l("No tiene ese servicio entre esos dos lugares."),
    Razon.PESADO: _l("Pesa demasiado: lleva hasta %(limite)s."),
    Razon.GRANDE: _l("Es demasiado grande: el lado mayor, o la suma de los tres, pasa de %(limite)s cm."),
    Razon.VOLUMINOSO: _l("Ocupa demasiado para lo que pesa: por su volumen contaría más de %(limite)s."),
    Razon.VALOR_EXCESIVO: _l("El valor declarado pasa de lo que asegura: hasta %(limite)s."),
    Razon.SIN_CONTRA_ENTREGA: _l("No cobra contra entrega con este servicio."),
    Razon.SIN_RECOJO: _l("No recoge a domicilio con este servicio."),
}


class Linea(NamedTuple):
    """A line of the arithmetic: what, how, and how much."""

    concepto: str
    detalle: str
    monto: Money


def falta_en_palabras(falta: str, servicio: str, que: str) -> str:
    return str(_FALTAS[falta]) % {"servicio": servicio, "que": que}


def negativa_en_palabras(negativa: Negativa) -> str:
    limite = str(negativa.limite)
    if negativa.razon in (Razon.PESADO, Razon.VOLUMINOSO):
        limite = peso_en_palabras(negativa.limite)
    elif negativa.razon is Razon.VALOR_EXCESIVO:
        limite = formato_bs(negativa.limite)
    return str(_RAZONES[negativa.razon]) % {"limite": limite}


def peso_en_palabras(gramos: int) -> str:
    """`850 g`, `1,5 kg`."""
    if gramos < 1000:
        return f"{gramos}\u00a0g"
    kilos, resto = divmod(gramos, 1000)
    decimales = f",{resto:03d}".rstrip("0") if resto else ""
    return f"{kilos:,}".replace(",", ".") + f"{decimales}\u00a0kg"


def porcentaje_en_palabras(puntos_basicos: int) -> str:
    entero, resto = divmod(puntos_basicos, 100)
    return f"{entero}" + (f",{resto:02d}".rstrip("0") if resto else "") + "\u00a0%"


# --- A price, line by line -------------------------------------------------------------------------------


def lineas_de(condiciones: Condiciones, bulto: Bulto, cargos: Cargos) -> list[Linea]:
    """The arithmetic of a price, in the order in which it is done; its sum is the total."""
    lineas = list(_lineas(condiciones, bulto, cargos))
    assert sum((linea.monto for linea in lineas), cero()) == cargos.total
    return lineas


def _lineas(condiciones: Condiciones, bulto: Bulto, cargos: Cargos) -> Iterator[Linea]:
    tramo = next(t for t in condiciones.tramos if cargos.peso_facturado_g <= t.hasta_g)
    yield Linea(_("Base"), _de_la_base(condiciones, bulto, cargos, tramo), cargos.base)
    if cargos.peso > cero() and tramo.precio_paso is not None and tramo.paso_g is not None:
        yield Linea(
            _("Por peso"),
            _("%(pasos)s × %(precio)s: cada %(paso)s o parte, sobre %(desde)s")
            % {
                "pasos": pasos_de(tramo, cargos.peso_facturado_g),
                "precio": formato_bs(tramo.precio_paso),
                "paso": peso_en_palabras(tramo.paso_g),
                "desde": peso_en_palabras(tramo.desde_g),
            },
            cargos.peso,
        )
    if cargos.lejania > cero():
        yield Linea(_("Lugar alejado"), _("recargo del destino"), cargos.lejania)
    if cargos.seguro > cero():
        detalle = _del_porcentaje(condiciones.seguro_pb, bulto.valor_declarado, condiciones.seguro_minimo)
        yield Linea(_("Seguro"), detalle, cargos.seguro)
    if cargos.contra_entrega > cero():
        minimo = condiciones.contra_entrega_minimo or cero()
        detalle = _del_porcentaje(condiciones.contra_entrega_pb or 0, bulto.contra_entrega, minimo)
        yield Linea(_("Cobro contra entrega"), detalle, cargos.contra_entrega)
    if cargos.recojo > cero():
        yield Linea(_("Recojo a domicilio"), "", cargos.recojo)


def _de_la_base(condiciones: Condiciones, bulto: Bulto, cargos: Cargos, tramo: Tramo) -> str:
    if tramo.paso_g is None:
        texto = _("hasta %(peso)s") % {"peso": peso_en_palabras(tramo.hasta_g)}
    else:
        texto = _("por %(peso)s") % {"peso": peso_en_palabras(cargos.peso_facturado_g)}
    if bulto.medidas is None or cargos.peso_facturado_g == bulto.peso_g:
        return texto
    return _("%(texto)s; cuenta su volumen, %(volumen)s cm³ entre %(divisor)s = %(peso)s") % {
        "texto": texto,
        "volumen": f"{bulto.medidas.volumen_cm3:,}".replace(",", "."),
        "divisor": f"{condiciones.cm3_por_kg:,}".replace(",", "."),
        "peso": peso_en_palabras(cargos.peso_facturado_g),
    }


def _del_porcentaje(puntos: int, base: Money, minimo: Money) -> str:
    parte = {"parte": porcentaje_en_palabras(puntos), "base": formato_bs(base)}
    if minimo == cero():
        return _("%(parte)s de %(base)s") % parte
    return _("%(parte)s de %(base)s, mínimo %(minimo)s") % {**parte, "minimo": formato_bs(minimo)}


# --- A date, day by day ----------------------------------------------------------------------------------


class Paso(NamedTuple):
    """A line of the count: which days, and what they are to it."""

    dias: tuple[Dia, ...]
    texto: str


def pasos_en_palabras(promesa: Promesa) -> list[Paso]:
    """The days in order, those alike together."""
    pasos: list[Paso] = []
    for dia in promesa.dias:
        texto = _del_dia(dia, promesa)
        if pasos and pasos[-1].texto == texto and dia.clase is not Clase.CONTADO:
            pasos[-1] = Paso((*pasos[-1].dias, dia), texto)
        else:
            pasos.append(Paso((dia,), texto))
    return pasos


def _del_dia(dia: Dia, promesa: Promesa) -> str:
    feriados = ", ".join(feriado.nombre for feriado in dia.feriados)
    entrega = _(" y se entrega") if dia.fecha == promesa.entrega_el else ""
    match dia.clase:
        case Clase.ANTES:
            return _("todavía no sale: %(por)s") % {"por": feriados or _("fin de semana")}
        case Clase.CONTADO:
            return _("día %(n)s de viaje") % {"n": dia.numero} + entrega
        case Clase.FERIADO:
            return _("feriado: %(por)s") % {"por": feriados}
        case Clase.FIN_DE_SEMANA:
            return _("fin de semana")
        case _:
            return _("se entrega") if entrega else _("ese día no hay reparto en el destino")


def dias_habiles(n: int) -> str:
    return ngettext("%(n)s día hábil", "%(n)s días hábiles", n) % {"n": n}
