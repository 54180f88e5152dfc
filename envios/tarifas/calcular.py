"""The arithmetic of a rate: pure, exact, each percentage rounded once, half up to the centavo."""

from decimal import Decimal

from moneyed import Money

from envios.tarifas.valores import Bulto, Cargos, Condiciones, Negativa, Razon, Tramo
from nucleo.dinero import a_centavos, cero, redondear


def calcular(condiciones: Condiciones, bulto: Bulto) -> Cargos | Negativa:
    """What it costs by these conditions, or why it is not carried."""
    negativa = _por_que_no(condiciones, bulto)
    if negativa is not None:
        razon, limite = negativa
        return Negativa(
            razon, limite, condiciones.operador_unidad_id, condiciones.servicio, condiciones.nombre
        )
    facturado = peso_facturado_g(condiciones.cm3_por_kg, bulto)
    tramo = _tramo(condiciones.tramos, facturado)
    pasos = pasos_de(tramo, facturado)
    cargos = Cargos(
        peso_facturado_g=facturado,
        base=tramo.precio,
        peso=(tramo.precio_paso or cero()) * pasos,
        lejania=condiciones.recargo,
        seguro=_parte(bulto.valor_declarado, condiciones.seguro_pb, condiciones.seguro_minimo),
        contra_entrega=_parte(
            bulto.contra_entrega, condiciones.contra_entrega_pb or 0, condiciones.contra_entrega_minimo
        ),
        recojo=condiciones.recojo if bulto.recojo and condiciones.recojo is not None else cero(),
        pasos=pasos,
    )
    assert cargos.base > cero()
    assert cargos.total >= cargos.base
    return cargos


def peso_facturado_g(cm3_por_kg: int, bulto: Bulto) -> int:
    """The larger of the weight and of what its volume stands for, in whole grams begun."""
    if bulto.medidas is None:
        return bulto.peso_g
    return max(bulto.peso_g, -(-bulto.medidas.volumen_cm3 * 1000 // cm3_por_kg))


def pasos_de(tramo: Tramo, peso_g: int) -> int:
    """How many steps are begun above the bottom of a band; 0 for one without steps."""
    return 0 if tramo.paso_g is None else -(-(peso_g - tramo.desde_g) // tramo.paso_g)


def _por_que_no(condiciones: Condiciones, bulto: Bulto) -> tuple[Razon, int] | None:
    medidas = bulto.medidas
    if bulto.peso_g > condiciones.peso_maximo_g:
        return Razon.PESADO, condiciones.peso_maximo_g
    if medidas is not None and medidas.mayor_cm > condiciones.lado_maximo_cm:
        return Razon.GRANDE, condiciones.lado_maximo_cm
    if medidas is not None and medidas.suma_cm > condiciones.suma_maxima_cm:
        return Razon.GRANDE, condiciones.suma_maxima_cm
    if peso_facturado_g(condiciones.cm3_por_kg, bulto) > condiciones.peso_maximo_g:
        return Razon.VOLUMINOSO, condiciones.peso_maximo_g
    if bulto.valor_declarado > condiciones.valor_maximo:
        return Razon.VALOR_EXCESIVO, a_centavos(condiciones.valor_maximo)
    if bulto.contra_entrega > cero() and condiciones.contra_entrega_pb is None:
        return Razon.SIN_CONTRA_ENTREGA, 0
    if bulto.recojo and condiciones.recojo is None:
        return Razon.SIN_RECOJO, 0
    return None


def _tramo(tramos: tuple[Tramo, ...], peso_g: int) -> Tramo:
    """The band of a weight: published rates reach the heaviest parcel, without gaps."""
    tramo = next(t for t in tramos if peso_g <= t.hasta_g)
    assert tramo.desde_g < peso_g
    return tramo


def _parte(base: Money, puntos_basicos: int, minimo: Money | None) -> Money:
    """A percentage of an amount, with its minimum; nothing of nothing."""
    if base == cero():
        return cero()
    return max(redondear(base.amount * Decimal(puntos_basicos) / 10_000), minimo or cero())
