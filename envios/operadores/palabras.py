"""Words of operators."""

from envios.operadores.tipos import ClaseAgencia, Entrega, EstadoAgencia
from nucleo.textos import perezoso as _l

CLASES = {
    ClaseAgencia.AGENCIA: _l("Agencia"),
    ClaseAgencia.CENTRO: _l("Centro de clasificación"),
    ClaseAgencia.PUNTO: _l("Punto de retiro"),
}
QUE_ES = {
    ClaseAgencia.AGENCIA: _l("Se dejan y se retiran envíos."),
    ClaseAgencia.CENTRO: _l("Solo entra quien trabaja ahí: no se muestra al público."),
    ClaseAgencia.PUNTO: _l("Solo se retiran envíos, por ejemplo en una tienda."),
}
ESTADOS = {EstadoAgencia.ABIERTA: _l("Abierta"), EstadoAgencia.CERRADA: _l("Cerrada")}
ENTREGAS = {Entrega.PUERTA: _l("En la puerta"), Entrega.AGENCIA: _l("En una agencia")}
