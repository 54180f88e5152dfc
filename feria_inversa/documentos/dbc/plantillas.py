"""The words of a DBC, by what is contracted and by its modality. It is read in Spanish, whoever publishes it.

A template says nothing that the call does not: what a norm asks is told from the values that it froze, each
with whether it was read in the norm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feria_inversa.documentos.dbc.datos import DatosDelDbc
from feria_inversa.reglas import Clave, Valor
from nucleo.dinero import de_centavos, formato_bs


@dataclass(frozen=True, slots=True)
class Objeto:
    """How one speaks of what is contracted."""

    que: str
    cumplir: str
    plazo: str
    lugar: str
    oferta: Sequence[str]
    conformidad: Sequence[str]


OBJETOS: Mapping[str, Objeto] = {
    "bienes": Objeto(
        que="Bienes que se compran",
        cumplir="entregar",
        plazo="Plazo de entrega",
        lugar="Lugar de entrega",
        oferta=(
            "De cada ítem que ofrece: precio por unidad, marca o procedencia («artesanal», si lo es) y en "
            "cuántos días lo entrega.",
            "El precio incluye los impuestos, el embalaje y el transporte hasta el lugar de entrega.",
            "Ofrezca lo que se describe o algo mejor; las diferencias se escriben en el detalle del ítem.",
        ),
        conformidad=(
            "La entidad revisa cantidades y características al recibir; lo que no corresponde se repone.",
            "Se puede recibir por partes, si así llega: cada parte tiene su acta.",
        ),
    ),
    "servicios": Objeto(
        que="Servicios que se contratan",
        cumplir="prestar",
        plazo="Plazo del servicio",
        lugar="Dónde se presta",
        oferta=(
            "De cada ítem que ofrece: precio por unidad, con qué lo presta y en cuántos días.",
            "El precio incluye los impuestos, el personal, los materiales y los traslados.",
            "Diga en el detalle quiénes prestan el servicio y con qué equipos, si se pide.",
        ),
        conformidad=(
            "La entidad da su conformidad a cada servicio prestado; lo mal hecho se hace otra vez.",
            "Se paga por lo prestado y conforme.",
        ),
    ),
    "obras": Objeto(
        que="Obra que se contrata",
        cumplir="ejecutar",
        plazo="Plazo de la obra",
        lugar="Dónde se ejecuta",
        oferta=(
            "De cada ítem del presupuesto: precio por unidad, materiales y en cuántos días lo ejecuta.",
            "El precio incluye los impuestos, los materiales, la mano de obra y los gastos generales.",
            "Conozca el lugar antes de ofertar, y los planos y especificaciones que van con este documento.",
        ),
        conformidad=(
            "La entidad recibe, ítem por ítem, lo ejecutado y conforme; lo observado se corrige.",
            "Se paga lo recibido.",
        ),
    ),
    "consultoria": Objeto(
        que="Consultoría que se contrata",
        cumplir="presentar",
        plazo="Plazo de la consultoría",
        lugar="Dónde se presentan los productos",
        oferta=(
            "De cada producto: precio, quién lo elabora y en cuántos días lo presenta.",
            "El precio incluye los impuestos, los honorarios y los viajes.",
            "Diga en el detalle la formación y la experiencia de quienes trabajarán, según los términos de "
            "referencia.",
        ),
        conformidad=(
            "Cada producto se revisa contra los términos de referencia; lo observado se corrige sin costo.",
            "Se paga por producto aprobado.",
        ),
    ),
}
_FORMA = {
    "item": "Cada ítem se oferta y se adjudica por separado.",
    "lote": "Los ítems de un lote se ofertan y se adjudican juntos.",
    "total": "Todos los ítems se ofertan juntos y van a una sola oferta.",
}
_METODO = {
    "precio": "Gana la oferta que cumple y tiene el precio evaluado más bajo.",
    "calidad_y_costo": "Se suman los puntos de la propuesta técnica y los del precio; gana la que más reúne.",
    "calidad": "Gana la oferta que cumple y tiene más puntos técnicos.",
    "presupuesto_fijo": "Gana la oferta con más puntos técnicos que no pasa del presupuesto.",
    "menor_costo": "De las que llegan al mínimo técnico gana la más barata.",
}
_CLAVES = {
    Clave.MONTO_DESDE: "Se usa para montos mayores a",
    Clave.MONTO_HASTA: "Se usa para montos de hasta",
    Clave.DIAS_MINIMOS: "Días hábiles para ofertar, al menos",
    Clave.DIAS_IMPUGNACION: "Días hábiles para impugnar la decisión",
    Clave.MULTA_POR_MIL: "Multa por día de atraso",
    Clave.MULTA_TOPE: "La multa llega como máximo a",
    Clave.DIAS_DOCUMENTOS: "Días hábiles para presentar documentos",
    Clave.ACTOS_HABILES: "Los actos caen en días hábiles",
    Clave.HORA_DESDE: "Las oficinas atienden desde",
    Clave.HORA_HASTA: "Las oficinas atienden hasta",
    Clave.CON_RPC: "Quién decide",
    Clave.EN_PLAN: "Está en el plan anual",
    Clave.GARANTIA_POR_MIL: "Garantía de cumplimiento",
    Clave.GARANTIA_MYPE: "Garantía de cumplimiento de pequeños productores",
    Clave.ANTICIPO_TOPE: "El anticipo llega como máximo a",
    Clave.MONTO_SERIEDAD: "Garantía de seriedad, para montos mayores a",
    Clave.SUBASTA_PASO: "En subasta, cada oferta baja al menos",
    Clave.SUBASTA_DURACION: "La subasta dura",
    Clave.SUBASTA_EXTENSION: "Se alarga, si hay ofertas al final,",
    Clave.SUBASTA_ESPERA: "Empieza, después de la apertura, al menos a los",
    Clave.MODIFICACION_TOPE: "Las modificaciones de la orden suman como máximo",
    Clave.ORDEN_DIAS: "Con una orden, y no un contrato, lo que se entrega en un plazo calendario de hasta",
    Clave.SUBASTA_PRORROGA: "Un aviso de interrupción la prorroga como máximo",
    Clave.SUBASTA_TURNO: "Cada turno de la subasta dura",
    Clave.SUBASTA_PAUSA: "Antes de cada ronda de la subasta hay una pausa de",
    Clave.COTIZACION_RAPIDA: "Los nombres no se ven hasta la decisión",
}


_EN_MINUTOS = {
    Clave.SUBASTA_DURACION,
    Clave.SUBASTA_EXTENSION,
    Clave.SUBASTA_ESPERA,
    Clave.SUBASTA_TURNO,
    Clave.SUBASTA_PAUSA,
}


def nombre_de_regla(clave: Clave) -> str:
    return _CLAVES[clave]


def valor_en_palabras(clave: Clave, valor: Valor) -> str:
    """What a value of the rules is, as it is read."""
    cifra = valor.valor
    if clave in {Clave.MONTO_DESDE, Clave.MONTO_HASTA, Clave.MONTO_SERIEDAD}:
        return formato_bs(de_centavos(cifra))
    if clave in {Clave.HORA_DESDE, Clave.HORA_HASTA}:
        return f"{cifra // 60:02d}:{cifra % 60:02d}"
    if clave == Clave.MULTA_POR_MIL:
        return f"{cifra} por mil de lo que llega tarde"
    if clave in {Clave.GARANTIA_POR_MIL, Clave.GARANTIA_MYPE}:
        return f"{cifra} por mil de lo contratado"
    if clave == Clave.ANTICIPO_TOPE:
        return f"{cifra} % de lo contratado"
    if clave == Clave.SUBASTA_PASO:
        return f"{cifra} por mil de la referencia"
    if clave in _EN_MINUTOS:
        return f"{cifra} minutos"
    if clave == Clave.MODIFICACION_TOPE:
        return f"{cifra} % de lo adjudicado"
    if clave in {Clave.ORDEN_DIAS, Clave.SUBASTA_PRORROGA}:
        return f"{cifra} días"
    if clave == Clave.MULTA_TOPE:
        return f"{cifra} % de la orden"
    if clave == Clave.CON_RPC:
        return "El RPC" if cifra else "El RPA"
    if clave in {Clave.ACTOS_HABILES, Clave.EN_PLAN, Clave.COTIZACION_RAPIDA}:
        return "Sí" if cifra else "No"
    return str(cifra)


def marca(valor: Valor) -> str:
    """Whether it was read in the norm."""
    return "confirmado" if valor.confirmado else "por confirmar"


def dicho(datos: DatosDelDbc, clave: Clave) -> str:
    """A value of the call with its mark; empty where it has none."""
    valor = datos.reglas.valores.get(clave)
    return "" if valor is None else f"{valor_en_palabras(clave, valor)} ({valor.fuente}; {marca(valor)})"


def como_se_oferta(datos: DatosDelDbc, hasta: str) -> list[str]:
    """How one bids, by modality."""
    apertura = (
        "un acto con su acta, que se publica cuando la subasta termina"
        if datos.subasta
        else "un acto público con su acta"
    )
    renglones = [
        f"Se oferta en {datos.url}, hasta el {hasta}. Lo que llega a esa hora ya es tardío.",
        "Oferta una unidad económica habilitada como proveedora del Estado.",
        "Las dudas se preguntan en la página de la convocatoria, hasta el día que ella dice; las respuestas "
        "son públicas.",
        "La oferta se puede cambiar o retirar hasta el cierre. La plataforma no la muestra a nadie antes de "
        f"la apertura, que es {apertura}.",
    ]
    if datos.cotizacion_rapida:
        renglones.append(
            "Es una cotización rápida: desde la apertura hasta la decisión cada oferta se llama «Oferta» y "
            "un número. La oferta no dice de quién es: ni nombres, ni teléfonos, ni enlaces."
        )
    if datos.reglas.codigo == "CM":
        renglones.append("Es una contratación menor: no se pide nada que este documento no diga.")
    elif datos.reglas.codigo.startswith("LP"):
        renglones.append(
            "Es una licitación pública: si se pide una garantía de seriedad, lo dicen los documentos que "
            "van con este."
        )
    return renglones


def que_se_presenta(datos: DatosDelDbc) -> list[str]:
    """What a bid says, and what goes with it."""
    falta = {True: "si falta, se puede subsanar", False: "si falta, la oferta queda fuera"}
    return [
        *OBJETOS[datos.categoria].oferta,
        *(f"Se presenta también: {nombre} ({falta[subsanable]})." for nombre, subsanable in datos.pedidos),
    ]


def como_se_decide(datos: DatosDelDbc) -> list[str]:
    """How bids are compared, and what leaves one out."""
    renglones = [_FORMA[datos.adjudica_por], _METODO[datos.metodo]]
    if datos.puntos_tecnica:
        renglones.append(
            f"La propuesta técnica vale {datos.puntos_tecnica} de 100 puntos y pasa con "
            f"{datos.minimo_tecnica}."
        )
    if datos.dos_sobres:
        renglones.append(
            "Cada oferta va en dos sobres. Primero se abre la parte técnica, que no dice precios, y se "
            "califica; después, en otro acto, se abren los precios de las ofertas que pasaron. El precio de "
            "una que no pasó no se abre nunca."
        )
    if datos.subasta:
        forma = "tres rondas públicas, por turnos," if datos.subasta_por_rondas else "una ronda pública,"
        renglones.append(
            "Hay subasta electrónica: abiertas las ofertas, los precios de lo que tiene dos o más bajan en "
            f"{forma} en {datos.url}/subasta. Cada quien baja ahí su propio precio, y se decide "
            "con el último; quien no puja queda con el de su oferta."
        )
    if datos.cotizacion_rapida:
        renglones.append(
            "Se decide sin saber de quién es cada oferta; después se publica quién era cada una, en un acta."
        )
    return [
        *renglones,
        "Ninguna oferta gana por encima del precio referencial: si todas lo pasan, queda desierto.",
        "De dos ofertas iguales gana la que se presentó primero.",
        "Queda fuera la oferta que no cumple lo que se pide, que ofrece un plazo mayor o a la que le falta "
        "algo que no se puede subsanar; lo que se puede subsanar se pide y no deja fuera a nadie. Cada causa "
        "se escribe y es pública.",
    ]


def despues(datos: DatosDelDbc) -> list[str]:
    """What comes once it was decided."""
    objeto, renglones = OBJETOS[datos.categoria], []
    impugnacion = datos.reglas.valores.get(Clave.DIAS_IMPUGNACION)
    if impugnacion is not None and impugnacion.valor == 0:
        de_donde = f"{impugnacion.fuente}; {marca(impugnacion)}"
        renglones.append(f"En esta modalidad la decisión no se impugna ({de_donde}).")
    elif impugna := dicho(datos, Clave.DIAS_IMPUGNACION):
        renglones.append(f"La decisión se puede impugnar; días hábiles para hacerlo: {impugna}.")
    if documentos := dicho(datos, Clave.DIAS_DOCUMENTOS):
        renglones.append(f"Quien gana presenta sus documentos; días hábiles para hacerlo: {documentos}.")
    renglones.append(_como_se_formaliza(datos))
    if tope := dicho(datos, Clave.MODIFICACION_TOPE):
        renglones.append(f"Lo ordenado cambia solo si ambas partes firman; como máximo: {tope}.")
    renglones += objeto.conformidad
    if multa := dicho(datos, Clave.MULTA_POR_MIL):
        tope = dicho(datos, Clave.MULTA_TOPE)
        renglones.append(f"Por cada día de atraso: {multa}" + (f"; como máximo: {tope}." if tope else "."))
    return renglones


def _como_se_formaliza(datos: DatosDelDbc) -> str:
    """With what who wins is bound; a bid may offer fewer days than are asked for."""
    if datos.reglas.valores.get(Clave.ORDEN_DIAS) is None:
        return "Se formaliza con una orden, que quien ganó acepta en la plataforma."
    hasta = dicho(datos, Clave.ORDEN_DIAS)
    if datos.plazo_entrega_dias <= datos.reglas.valores[Clave.ORDEN_DIAS].valor:
        return f"Se formaliza con una orden, que quien ganó acepta en la plataforma; es hasta {hasta}."
    return (
        "Se formaliza con un contrato, que quien ganó acepta en la plataforma; con una orden, "
        f"si ofertó entregar en menos: hasta {hasta}."
    )
